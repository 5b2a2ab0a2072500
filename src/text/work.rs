//! Words for what the engine is at behind a view, and for what was stopped.

use super::Words;
use super::phrases::phrases;
use crate::analysis::AnalysisId;
use crate::session::{View, Work};

phrases! {
    compute: "계산하기", "Compute";
}

impl Words {
    /// What is being computed, read or made.
    pub fn work(self, work: Work) -> String {
        let name = match work {
            Work::Rows => {
                return self
                    .pick("행을 다시 읽는 중", "Reading the rows again")
                    .to_owned();
            }
            Work::File => return self.pick("파일을 만드는 중", "Making the file").to_owned(),
            Work::Columns => self.view(View::Columns),
            Work::Comparison => self.view(View::Compare),
            Work::Analysis(AnalysisId::ClusterCounts) => {
                self.pick("군집 수 비교", "numbers of clusters")
            }
            Work::Analysis(id) => {
                let mut views = View::ALL.into_iter();
                let view = views.find(|view| view.analysis() == Some(id));
                view.map_or("", |view| self.view(view))
            }
        };
        self.either(format!("{name} 계산 중"), format!("Computing: {name}"))
    }

    /// That a computation was stopped, and what is seen in its place.
    pub const fn stopped(self, has_nothing: bool) -> &'static str {
        match has_nothing {
            true => self.pick(
                "계산을 멈추었습니다.",
                "The computation was stopped.",
            ),
            false => self.pick(
                "계산을 멈추었습니다. 아래에서 아직 계산되지 않은 것은 비어 있거나, 바꾸기 전 설정의 결과입니다.",
                "The computation was stopped. What below has not been computed is empty, or is by the settings before the change.",
            ),
        }
    }

    /// A whole percentage.
    pub fn percent(self, percent: u64) -> String {
        format!("{percent}%")
    }
}
