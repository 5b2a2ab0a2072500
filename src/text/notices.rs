//! What a person should know, in one sentence each.

use super::Words;
use crate::export::Seen;
use crate::export::project::ProjectError;
use crate::session::{Changed, Gap, Notice};

impl Words {
    /// The sentence of a notice.
    pub fn notice(self, notice: &Notice) -> String {
        match notice {
            Notice::ImportFailed(error) => self.import_error(error),
            Notice::ExportFailed(error) => self.export_error(error),
            Notice::Saved { file_name } => self.either(
                format!("{file_name} 파일을 저장했습니다."),
                format!("Saved {file_name}."),
            ),
            Notice::FileRefused { file_name, error } => {
                format!("{file_name}: {}", self.import_error(error))
            }
            Notice::SinceProject { then, now } => self.since_project(then, now),
            Notice::Undone(changed) => self.undone(*changed),
            Notice::MatchesNothing { file_name, kind } => {
                self.of_file(file_name, self.matches_nothing(*kind))
            }
            &Notice::FolderDropped { n_taken, n_passed } => self.folder(n_taken, n_passed),
            _ => self.plain_notice(notice).to_owned(),
        }
    }

    /// What is other than when the project was saved.
    fn since_project(self, then: &Seen, now: &Seen) -> String {
        let number = |name: &str, then: u64, now: u64| {
            let (from, to) = (self.count(then), self.count(now));
            (then != now).then(|| format!("{name} {from} → {to}"))
        };
        let period = |seen: &Seen| {
            let range = seen.period.map(|(first, last)| self.day_range(first, last));
            range.unwrap_or_else(|| "–".to_owned())
        };
        let days = (then.period != now.period).then(|| {
            let name = self.pick("기간", "period");
            format!("{name} {} → {}", period(then), period(now))
        });
        let changes = [
            number(self.pick("파일", "files"), then.n_files, now.n_files),
            number(self.pick("행", "rows"), then.n_rows, now.n_rows),
            number(
                self.pick("고객", "customers"),
                then.n_customers,
                now.n_customers,
            ),
            days,
        ];
        let changes: Vec<String> = changes.into_iter().flatten().collect();
        let changes = changes.join(", ");
        let changes = changes.trim_end_matches('.');
        self.either(
            format!("프로젝트를 저장한 뒤 바뀐 것: {changes}."),
            format!("Since the project was saved: {changes}."),
        )
    }

    /// That the files lack most of what their project was saved with.
    pub fn lacks_past(self, gap: &Gap) -> String {
        let first = gap.first;
        let (from, to) = gap.then;
        let files = match gap.is_whole {
            true => self.pick("이 파일에는", "These files have"),
            false => self.pick("이 파일의 앞부분에는", "The beginning of these files has"),
        };
        self.either(
            format!("{files} {first}부터의 주문만 있습니다. 프로젝트를 만든 {from}–{to}의 파일도 함께 놓으세요."),
            format!("{files} orders from {first} on alone. The project was saved with {from} to {to}: drop those files with them."),
        )
    }

    /// What of a folder was opened: how far the page looks is said in `public/boot.js`.
    fn folder(self, n_taken: u32, n_passed: u32) -> String {
        if n_taken == 0 {
            return self.pick(
                "폴더에 읽을 수 있는 파일이 없습니다. CSV, TSV, 텍스트, 통합 문서, gzip, zip 파일을 다섯 단계 아래까지 찾습니다.",
                "The folder holds no file that can be read: CSV, TSV, text, workbooks, gzip and zip are looked for, five folders down.",
            ).to_owned();
        }
        let (taken, passed) = (
            self.count(u64::from(n_taken)),
            self.count(u64::from(n_passed)),
        );
        if n_passed == 0 {
            return self.either(
                format!("폴더에서 연 파일: {taken}개."),
                format!("Files opened from the folder: {taken}."),
            );
        }
        self.either(
            format!("폴더에서 연 파일: {taken}개. 이름이 표의 것이 아니거나 100개를 넘거나 다섯 단계보다 깊이 있어 열지 않은 파일과 끝까지 보지 못한 폴더: {passed}개."),
            format!("Files opened from the folder: {taken}. Not opened, since they are no tables by their names, more than 100, or more than five folders down, and folders that were not looked through to their end: {passed}."),
        )
    }

    fn undone(self, changed: Changed) -> String {
        let what = match changed {
            Changed::AsOf => self.as_of_label(),
            Changed::Choices => self.pick("행 제외와 반품", "rows left out and returns"),
            Changed::Of(view) => self.view(view),
        };
        self.either(
            format!("되돌렸습니다: {what}."),
            format!("Taken back: {what}."),
        )
    }

    /// Whether the notice interrupts: something went wrong.
    pub const fn is_alarm(notice: &Notice) -> bool {
        matches!(
            notice,
            Notice::ImportFailed(_)
                | Notice::FileRefused { .. }
                | Notice::ExportFailed(_)
                | Notice::ProjectUnreadable(_)
                | Notice::EngineLost
                | Notice::BuildMismatch
                | Notice::MatchesNothing { .. }
                | Notice::FolderDropped { n_taken: 0, .. }
        )
    }

    /// Whether the notice may leave by itself: it tells what was done, and asks for nothing.
    pub const fn is_passing(notice: &Notice) -> bool {
        matches!(
            notice,
            Notice::Saved { .. }
                | Notice::ProjectApplied
                | Notice::EngineRestarted
                | Notice::BusyReading
                | Notice::Cancelled
                | Notice::Undone(_)
                | Notice::FolderDropped {
                    n_taken: 1..,
                    n_passed: 0
                }
        )
    }

    const fn plain_notice(self, notice: &Notice) -> &'static str {
        match notice {
            Notice::BusyReading => self.pick(
                "지금 파일을 읽고 있어 새 파일을 열지 않았습니다. 끝나거나 멈춘 뒤 다시 놓으세요.",
                "A file is being read, so the new one was not opened. Wait or cancel, then drop it again.",
            ),
            Notice::ProjectUnreadable(ProjectError::Newer { .. }) => self.pick(
                "더 새로운 판의 결에서 저장한 프로젝트입니다. 페이지를 다시 불러와 새 판으로 연 뒤 다시 놓으세요. 지금 상태는 그대로입니다.",
                "A newer release of Gyeol saved this project. Reload the page for the newest release and drop it again. Nothing was changed.",
            ),
            Notice::ProjectUnreadable(ProjectError::NotAProject) => self.pick(
                "프로젝트 파일이 아니어서 읽을 수 없습니다. 결에서 저장한 JSON 파일인지 확인하세요. 주문이 든 JSON이면 쇼핑몰에서 CSV나 XLSX로 내려받아 여세요. 지금 상태는 그대로입니다.",
                "The file is no project and cannot be read. Check that Gyeol saved it; if it holds orders as JSON, export them as CSV or XLSX and open that. Nothing was changed.",
            ),
            Notice::ProjectApplied => self.pick(
                "프로젝트의 설정을 적용했습니다.",
                "The project’s settings are applied.",
            ),
            Notice::ProjectWaiting => self.pick(
                "프로젝트를 읽었습니다. 같은 열이 있는 주문 파일을 놓으면 그 설정으로 이어집니다.",
                "The project was read. Drop an order file with the same columns to go on with it.",
            ),
            Notice::EngineRestarted => self.pick(
                "계산 엔진이 멈추어 다시 시작했습니다. 결과는 그대로이고, 하던 일은 이어집니다.",
                "The engine stopped and was restarted. Results are kept and the work goes on.",
            ),
            Notice::EngineLost => self.pick(
                "계산 엔진이 시작되지 않습니다. 다른 탭을 닫아 메모리를 비우고 페이지를 다시 불러오세요. 원본 파일은 그대로입니다.",
                "The engine does not start. Close other tabs to free memory and reload the page. Your file is unchanged.",
            ),
            Notice::BuildMismatch => self.pick(
                "페이지와 계산 엔진의 판이 다릅니다. 페이지를 다시 불러오세요.",
                "Page and engine are of different versions. Reload the page.",
            ),
            _ => self.pick("멈추었습니다. 잃은 것은 없습니다.", "Stopped. Nothing is lost."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::{Day, ImportError, TableKind};
    use crate::text::Language;

    #[test]
    fn what_went_wrong_and_what_is_waited_for_never_leaves_by_itself() {
        for notice in [
            Notice::ImportFailed(ImportError::Empty),
            Notice::EngineLost,
            Notice::ProjectWaiting,
        ] {
            assert!(!Words::is_passing(&notice));
        }
        assert!(Words::is_passing(&Notice::ProjectApplied));
    }

    #[test]
    fn what_changed_since_the_project_is_told_and_nothing_else() {
        let seen = |n_files, n_rows, last| Seen {
            n_files,
            n_rows,
            n_customers: 40,
            period: Some((Day::from_number(0), Day::from_number(last))),
        };
        let notice = Notice::SinceProject {
            then: seen(1, 1_000, 30),
            now: seen(2, 2_500, 30),
        };
        let said = Words::new(Language::En).notice(&notice);
        assert_eq!(
            said,
            "Since the project was saved: files 1 → 2, rows 1,000 → 2,500."
        );
        let notice = Notice::SinceProject {
            then: seen(2, 2_500, 59),
            now: seen(2, 2_500, 30),
        };
        let said = Words::new(Language::Ko).notice(&notice);
        assert!(said.contains("기간") && !said.contains("고객"), "{said}");
    }

    #[test]
    fn every_notice_is_a_sentence_in_both_languages() {
        for notice in [
            Notice::Saved {
                file_name: "customers.csv".to_owned(),
            },
            Notice::FileRefused {
                file_name: "orders.csv".to_owned(),
                error: ImportError::Empty,
            },
            Notice::BusyReading,
            Notice::ProjectUnreadable(ProjectError::NotAProject),
            Notice::ProjectUnreadable(ProjectError::Newer { schema: 99 }),
            Notice::ProjectApplied,
            Notice::ProjectWaiting,
            Notice::EngineRestarted,
            Notice::EngineLost,
            Notice::BuildMismatch,
            Notice::Cancelled,
            Notice::MatchesNothing {
                file_name: "people.csv".to_owned(),
                kind: TableKind::Customers,
            },
            Notice::MatchesNothing {
                file_name: "goods.csv".to_owned(),
                kind: TableKind::Products,
            },
            Notice::FolderDropped {
                n_taken: 0,
                n_passed: 3,
            },
            Notice::FolderDropped {
                n_taken: 12,
                n_passed: 0,
            },
            Notice::FolderDropped {
                n_taken: 100,
                n_passed: 1_340,
            },
            Notice::Undone(Changed::Choices),
            Notice::Undone(Changed::Of(crate::session::View::Clusters)),
        ] {
            let [ko, en] = [Language::Ko, Language::En].map(|l| Words::new(l).notice(&notice));
            assert!(ko.ends_with('.') && en.ends_with('.'));
            assert_ne!(ko, en);
        }
    }

    #[test]
    fn what_files_lack_of_a_project_is_said_with_its_days() {
        let gap = |is_whole| Gap {
            first: Day::from_number(20_513),
            then: (Day::from_number(19_726), Day::from_number(20_512)),
            is_whole,
        };
        let korean = Words::new(Language::Ko);
        assert_eq!(
            korean.lacks_past(&gap(true)),
            "이 파일에는 2026-03-01부터의 주문만 있습니다. 프로젝트를 만든 2024-01-04–2026-02-28의 파일도 함께 놓으세요."
        );
        let english = Words::new(Language::En).lacks_past(&gap(false));
        assert!(english.starts_with("The beginning of these files has orders from 2026-03-01"));
    }
}
