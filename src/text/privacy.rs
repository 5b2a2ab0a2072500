//! What happens to the data, in plain words, and how anybody can check it.

use super::Words;

impl Words {
    /// The badge in the header.
    pub const fn privacy_badge(self) -> &'static str {
        self.pick("이 기기 안에서만", "On this device only")
    }

    /// The badge while the network is off.
    pub const fn privacy_badge_offline(self) -> &'static str {
        self.pick(
            "오프라인 · 이 기기 안에서만",
            "Offline · on this device only",
        )
    }

    /// The heading of the dialog.
    pub const fn privacy_heading(self) -> &'static str {
        self.pick("데이터는 어떻게 되나요?", "What happens to your data")
    }

    /// What happens, step by step.
    pub const fn privacy_facts(self) -> [&'static str; 4] {
        [
            self.pick(
                "파일은 이 브라우저 탭의 메모리에서만 읽고 계산합니다. 서버로 보내지 않으며, 받을 서버도 없습니다.",
                "The file is read and computed in the memory of this tab. It is sent to no server; there is none.",
            ),
            self.pick(
                "탭을 닫으면 모두 사라집니다. 브라우저에 남는 것은 고른 언어와 밝기뿐입니다.",
                "Close the tab and all is gone. The browser keeps your choice of language and theme, nothing else.",
            ),
            self.pick(
                "페이지의 보안 정책(CSP)이 화면과 계산 엔진의 모든 연결을 막습니다.",
                "The page’s security policy (CSP) forbids every connection, of the page and of its engine.",
            ),
            self.pick(
                "파일이 밖으로 나가는 길은 직접 누르는 저장과 내려받기뿐입니다.",
                "The only way out is a file that you yourself save.",
            ),
        ]
    }

    /// Heading: how to check.
    pub const fn privacy_check_heading(self) -> &'static str {
        self.pick("직접 확인하기", "Check it yourself")
    }

    /// How to check.
    pub const fn privacy_checks(self) -> [&'static str; 2] {
        [
            self.pick(
                "개발자 도구(F12)의 네트워크 탭을 연 채 파일을 놓아 보세요. 요청이 하나도 생기지 않습니다.",
                "Open the network tab of the developer tools (F12) and drop a file: no request appears.",
            ),
            self.pick(
                "와이파이를 끄고 써 보세요. 모든 기능이 그대로 작동합니다.",
                "Switch the network off. Everything goes on working.",
            ),
        ]
    }

    /// The button of the self-test.
    pub const fn self_test(self) -> &'static str {
        self.pick("금지된 요청 시도해 보기", "Try a forbidden request")
    }

    /// While the self-test runs.
    pub const fn self_test_running(self) -> &'static str {
        self.pick("시도하는 중", "Trying")
    }

    /// What the self-test found.
    pub const fn self_test_result(self, was_refused: bool) -> &'static str {
        if was_refused {
            self.pick(
                "막혔습니다. 계산 엔진이 밖으로 요청을 보내려 했고, 브라우저가 거절했습니다.",
                "Refused. The engine tried to send a request and the browser did not let it.",
            )
        } else {
            self.pick(
                "막히지 않았습니다. 이 페이지를 그대로 쓰지 말고, 공식 주소에서 다시 여세요.",
                "Not refused. Do not use this copy of the page; open it from its official address.",
            )
        }
    }

    /// The state of the network.
    pub const fn network_state(self, is_online: bool) -> &'static str {
        if is_online {
            self.pick("네트워크: 켜져 있음(쓰지 않음)", "Network: on (not used)")
        } else {
            self.pick("네트워크: 꺼져 있음", "Network: off")
        }
    }

    /// Which build this is.
    pub fn build(self, build: &str) -> String {
        self.either(format!("빌드 {build}"), format!("Build {build}"))
    }
}
