//! The words of the frame: names of views and stages, the header, and what every screen shares.

use super::{Language, Words};
use crate::analysis::SegmentationId;
use crate::data::Day;
use crate::session::{RailPart, View};

impl Words {
    /// The product's name.
    pub const fn app_name(self) -> &'static str {
        self.pick("결", "Gyeol")
    }

    /// The name of a view.
    pub const fn view(self, view: View) -> &'static str {
        match view {
            View::Overview => self.pick("한눈에", "Overview"),
            View::Advice => self.pick("추천", "Advice"),
            View::Rfm => self.pick("RFM", "RFM"),
            View::Clusters => self.pick("군집", "Clusters"),
            View::Lifecycle => self.pick("생애 단계", "Lifecycle"),
            View::Value => self.pick("가치 등급", "Value"),
            View::Lifetime => self.pick("생애 가치", "Lifetime value"),
            View::Rhythm => self.pick("구매 주기", "Rhythm"),
            View::Rules => self.pick("내 규칙", "Rules"),
            View::Compare => self.pick("비교", "Compare"),
            View::Prediction => self.pick("예측", "Prediction"),
            View::Movement => self.pick("이동", "Movement"),
            View::Explain => self.pick("설명", "Explain"),
            View::Stability => self.pick("군집의 안정성", "Stability of the clusters"),
            View::Customers => self.pick("고객", "Customers"),
            View::Data => self.pick("데이터", "Data"),
            View::Columns => self.columns_view(),
            View::Cohorts => self.pick("코호트", "Cohorts"),
        }
    }

    /// The name of a part of the list of views.
    pub const fn rail_part(self, part: RailPart) -> &'static str {
        match part {
            RailPart::Segments => self.pick("세그먼트", "Segments"),
            RailPart::OverTime => self.pick("시간의 흐름", "Over time"),
            RailPart::Lists => self.pick("목록과 데이터", "Lists and data"),
        }
    }

    /// The title of the browser's tab.
    pub fn document_title(self, place: Option<&str>, file_name: Option<&str>) -> String {
        let name = self.pick("결 Gyeol", "Gyeol 결");
        let parts = [place, file_name, Some(name)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    /// The first link of the page.
    pub const fn skip_link(self) -> &'static str {
        self.pick("본문으로 건너뛰기", "Skip to content")
    }

    /// The name of the list of views.
    pub const fn views_label(self) -> &'static str {
        self.pick("화면", "Views")
    }

    /// The name of the header's group of controls.
    pub const fn preferences_label(self) -> &'static str {
        self.pick("환경 설정", "Preferences")
    }

    /// Label of the choice of language.
    pub const fn language_label(self) -> &'static str {
        self.pick("언어", "Language")
    }

    /// A language by its own name.
    pub const fn language_name(language: Language) -> &'static str {
        match language {
            Language::Ko => "한국어",
            Language::En => "English",
        }
    }

    /// Label of the choice of light and dark.
    pub const fn theme_label(self) -> &'static str {
        self.pick("밝기", "Theme")
    }

    /// Light and dark as the device has it.
    pub const fn theme_system(self) -> &'static str {
        self.pick("기기 설정", "System")
    }

    /// Ink on paper.
    pub const fn theme_light(self) -> &'static str {
        self.pick("밝게", "Light")
    }

    /// Paper on ink.
    pub const fn theme_dark(self) -> &'static str {
        self.pick("어둡게", "Dark")
    }

    /// The name of the list of stages.
    pub const fn steps_label(self) -> &'static str {
        self.pick("단계", "Steps")
    }

    /// The stages: file, columns, results.
    pub const fn steps(self) -> [&'static str; 3] {
        match self.language {
            Language::Ko => ["파일", "열 확인", "결과"],
            Language::En => ["File", "Columns", "Results"],
        }
    }

    /// Label of the as-of date.
    pub const fn as_of_label(self) -> &'static str {
        self.pick("기준일", "As of")
    }

    /// Opens what is said about the as-of date.
    pub const fn as_of_about_summary(self) -> &'static str {
        self.pick("기준일 설명", "About this date")
    }

    /// What the as-of date is.
    pub const fn as_of_about(self) -> &'static str {
        self.pick(
            "이 날짜를 기준으로 고객을 봅니다. 마지막 주문부터 며칠이 지났는지 이날까지 세고, 이날 뒤의 주문은 빼고 봅니다. 따로 고르지 않으면 파일의 마지막 주문 다음 날입니다.",
            "Customers are seen as they stood on this day: days since the last order are counted up to it, and orders after it are not looked at. Unless you choose one, it is the day after the last order in the file.",
        )
    }

    /// Beside what is open, while customers are looked at on an earlier day: what is not looked at.
    pub fn orders_after(self, n_orders: u64, as_of: Day) -> String {
        let (orders, day) = (self.orders(n_orders), self.day(as_of));
        self.either(
            format!(" · {day} 뒤의 주문 {orders}은 빼고 보는 중"),
            format!(" · without {orders} after {day}"),
        )
    }

    /// Back to the day after the last order.
    pub const fn as_of_reset(self) -> &'static str {
        self.pick("마지막 주문 다음 날로", "Day after the last order")
    }

    /// Opens the slider of the as-of date.
    pub const fn time_machine(self) -> &'static str {
        self.pick("시간 여행", "Time machine")
    }

    /// The slider's label.
    pub const fn time_machine_label(self) -> &'static str {
        self.pick(
            "기준일을 옮겨 과거의 고객 보기",
            "Move the as-of date to see the customers of the past",
        )
    }

    /// How the slider is moved by keys.
    pub const fn time_machine_keys(self) -> &'static str {
        self.pick(
            "방향키: 하루, Shift+방향키: 한 주, Page Up·Page Down: 한 달",
            "Arrow keys: a day, with Shift a week, Page Up and Page Down a month",
        )
    }

    /// The choice to score other days by the boundaries of this one, or of the one on which it was made.
    pub fn time_machine_hold(self, of: Option<Day>, which: &[SegmentationId]) -> String {
        let names = which.iter().map(|&id| self.segmentation(id));
        let names = names.collect::<Vec<&str>>().join(", ");
        match of.map(|day| self.day(day)) {
            Some(day) => self.either(
                format!("{day}의 경계값을 다른 날에도 쓰는 중 ({names})"),
                format!("Using the boundaries of {day} on other days ({names})"),
            ),
            None if names.is_empty() => self
                .pick(
                    "이 날의 경계값을 다른 날에도 쓰기",
                    "Keep this day’s boundaries on other days",
                )
                .to_owned(),
            None => self.either(
                format!("이 날의 경계값을 다른 날에도 쓰기 ({names})"),
                format!("Keep this day’s boundaries on other days ({names})"),
            ),
        }
    }

    /// The button that plays the days, or stops.
    pub const fn time_machine_play(self, plays: bool) -> &'static str {
        match plays {
            false => self.pick("재생", "Play"),
            true => self.pick("멈춤", "Pause"),
        }
    }

    /// Takes the last change back.
    pub const fn undo(self) -> &'static str {
        self.pick("되돌리기", "Undo")
    }

    /// Saves the settings.
    pub const fn save_project(self) -> &'static str {
        self.pick("프로젝트 저장", "Save project")
    }

    /// What a project file holds.
    pub const fn save_project_explained(self) -> &'static str {
        self.pick(
            "설정과 파일·행·고객 수, 기간만 담고 고객 데이터는 담지 않습니다. 다시 끌어다 놓으면 이어집니다.",
            "Holds settings, the numbers of files, rows and customers and the period, and no customer data. Drop it again to go on.",
        )
    }

    /// Closes the file.
    pub const fn other_file(self) -> &'static str {
        self.pick("다른 파일 열기", "Open another file")
    }

    /// Stops what runs.
    pub const fn cancel(self) -> &'static str {
        self.pick("멈추기", "Cancel")
    }

    /// Closes a dialog or a notice.
    pub const fn close(self) -> &'static str {
        self.pick("닫기", "Close")
    }

    /// What runs in the background of a view.
    pub const fn computing(self) -> &'static str {
        self.pick("계산하고 있습니다", "Computing")
    }
}
