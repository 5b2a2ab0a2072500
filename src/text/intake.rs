//! The words of the way in: the empty page, reading, importing, and a file that could not be used.

use super::Words;

impl Words {
    /// The title of the empty page.
    pub const fn title(self) -> &'static str {
        self.pick("고객의 결을 봅니다", "See the grain of your customers")
    }

    /// The promise below it.
    pub const fn promise(self) -> &'static str {
        self.pick(
            "주문 파일을 놓으면 고객이 어떻게 나뉘는지 보여 줍니다. 데이터는 이 기기를 벗어나지 않습니다.",
            "Drop an order file to see how your customers divide. Nothing leaves this device.",
        )
    }

    /// On the first page while results are open.
    pub fn still_open(self, file_name: &str) -> String {
        self.either(
            format!(
                "{file_name}의 결과가 열려 있습니다. 다른 파일을 가져오기 전까지 그대로 둡니다."
            ),
            format!(
                "The results of {file_name} are open. They stay until another file is imported."
            ),
        )
    }

    /// What that is.
    pub const fn still_open_label(self) -> &'static str {
        self.pick("열려 있는 결과", "Open results")
    }

    /// Closes the file and forgets its results.
    pub const fn close_file(self) -> &'static str {
        self.pick("파일 닫기", "Close the file")
    }

    /// In the drop zone.
    pub const fn drop_here(self) -> &'static str {
        self.pick("주문 파일을 여기에 놓으세요", "Drop an order file here")
    }

    /// While a file is held over the window.
    pub const fn drop_now(self) -> &'static str {
        self.pick("놓으면 파일을 엽니다", "Drop to open")
    }

    /// Kinds of file, and that a table can be pasted.
    pub const fn drop_forms(self) -> &'static str {
        self.pick(
            "CSV · TSV · 엑셀(XLSX, XLS, ODS) · 결 프로젝트(JSON). 엑셀에서 복사한 표를 붙여 넣어도 됩니다(Ctrl+V).",
            "CSV · TSV · workbooks (XLSX, XLS, ODS) · Gyeol project (JSON). A table copied from Excel can be pasted (Ctrl+V).",
        )
    }

    /// The button that opens the browser's choice of file.
    pub const fn choose_file(self) -> &'static str {
        self.pick("파일 선택", "Choose a file")
    }

    /// Before the sample buttons.
    pub const fn or_try(self) -> &'static str {
        self.pick(
            "파일이 없다면 예시로 시작해 보세요",
            "No file at hand? Try a sample",
        )
    }

    /// The made-up shop.
    pub const fn sample_shop(self) -> &'static str {
        self.pick("가상 쇼핑몰", "Demo shop")
    }

    /// What the made-up shop is.
    pub const fn sample_shop_explained(self) -> &'static str {
        self.pick(
            "실제처럼 취소·반품과 빈칸까지 담은 주문 2만여 건",
            "About 20,000 generated orders, with returns and gaps as in real data",
        )
    }

    /// The CDNOW data set.
    pub const fn sample_cdnow(self) -> &'static str {
        self.pick("CDNOW", "CDNOW")
    }

    /// Where the CDNOW data set is from.
    pub const fn sample_cdnow_explained(self) -> &'static str {
        self.pick(
            "실제 온라인 음반 매장의 주문 · Fader와 Hardie (2001)",
            "Real orders of an online music store · Fader and Hardie (2001)",
        )
    }

    /// Three pairs: what it needs, what it gives, what it never does.
    pub const fn in_short(self) -> [(&'static str, &'static str); 3] {
        [
            (
                self.pick("필요한 것", "You need"),
                self.pick(
                    "누가, 언제, 얼마에 샀는지 담긴 주문 파일",
                    "An order file: who bought, when, and for how much",
                ),
            ),
            (
                self.pick("얻는 것", "You get"),
                self.pick(
                    "RFM 세그먼트와 군집, 고객 목록, 모든 행의 처리 내역",
                    "RFM segments, clusters, customer lists, and an account of every row",
                ),
            ),
            (
                self.pick("하지 않는 것", "What never happens"),
                self.pick(
                    "업로드, 저장, 추적. 인터넷을 끊어도 그대로 작동합니다",
                    "Uploading, storing, tracking. It works with the network switched off",
                ),
            ),
        ]
    }

    /// While the head of a file is read.
    pub fn reading(self, file_name: Option<&str>) -> String {
        match file_name {
            Some(name) => self.either(
                format!("{name} 앞부분을 읽는 중"),
                format!("Reading the start of {name}"),
            ),
            None => self
                .pick("예시를 준비하는 중", "Preparing the sample")
                .to_owned(),
        }
    }

    /// While the whole file is read.
    pub fn importing(self, file_name: &str) -> String {
        self.either(
            format!("{file_name} 가져오는 중"),
            format!("Importing {file_name}"),
        )
    }

    /// How much has been read.
    pub fn read_so_far(self, done: u64, total: u64, n_rows: u64) -> String {
        let (done, total, rows) = (self.bytes(done), self.bytes(total), self.rows(n_rows));
        self.either(
            format!("{total} 중 {done} · {rows}"),
            format!("{done} of {total} · {rows}"),
        )
    }

    /// That all bytes were read and the rest of the work goes on.
    pub const fn finishing(self) -> &'static str {
        self.pick("다 읽고 정리하는 중", "all read, finishing")
    }

    /// How long it still takes.
    pub fn time_left(self, seconds: u64) -> String {
        match seconds {
            0..=1 => self.pick("곧 끝납니다", "almost done").to_owned(),
            2..=59 => self.either(
                format!("약 {seconds}초 남음"),
                format!("about {seconds} s left"),
            ),
            _ => {
                let minutes = seconds.div_ceil(60);
                self.either(
                    format!("약 {minutes}분 남음"),
                    format!("about {minutes} min left"),
                )
            }
        }
    }

    /// For the live region: quarters only.
    pub fn quarter_done(self, percent: u64) -> String {
        self.either(format!("{percent}% 읽음"), format!("{percent}% read"))
    }

    /// The name of the progress bar.
    pub const fn progress_label(self) -> &'static str {
        self.pick("진행", "Progress")
    }

    /// What happens while a file is imported.
    pub const fn importing_explained(self) -> &'static str {
        self.pick(
            "모든 행을 이 기기 안에서 읽고 있습니다. 언제든 멈출 수 있습니다(Esc).",
            "Every row is read on this device. You can stop at any time (Esc).",
        )
    }

    /// The heading where a file could not be used.
    pub fn could_not_open(self, file_name: Option<&str>) -> String {
        match file_name {
            Some(name) => self.either(
                format!("{name} 파일을 쓸 수 없습니다"),
                format!("{name} cannot be used"),
            ),
            None => self
                .pick("파일을 쓸 수 없습니다", "The file cannot be used")
                .to_owned(),
        }
    }

    /// Back to the empty page.
    pub const fn start_over(self) -> &'static str {
        self.pick("처음으로", "Start over")
    }
}
