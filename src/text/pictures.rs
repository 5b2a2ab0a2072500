//! Words on pictures: axes, keys, column heads of the table twins.

use super::{Language, Words};
use crate::analysis::profile::Counted;
use crate::data::Day;

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident: $ko:literal, $en:literal;)*) => {
        impl Words {
            $($(#[$doc])* pub(crate) const fn $name(self) -> &'static str { self.pick($ko, $en) })*
        }
    };
}

words! {
    axis_recency: "마지막 구매 뒤 지난 날수", "days since the last order";
    axis_recency_best_right: "최근성: 지난 날수 (오른쪽일수록 최근)", "Recency in days (right is most recent)";
    axis_monetary: "고객당 금액", "money per customer";
    axis_customers: "고객 수", "customers";
    head_cell: "칸", "Cell";
    head_segment: "세그먼트", "Segment";
    head_cluster: "군집", "Cluster";
    head_customers: "고객 수", "Customers";
    head_customer_share: "고객 비중", "Share of customers";
    head_revenue: "매출", "Revenue";
    head_revenue_share: "매출 비중", "Share of revenue";
    head_mean_revenue: "고객당 매출", "Revenue per customer";
    head_from: "이상", "From";
    head_to: "미만", "To";
    head_median_recency: "마지막 구매(중앙값)", "Last order (median)";
    head_median_monetary: "금액(중앙값)", "Money (median)";
    head_clusters: "군집 수", "Clusters";
    inertia: "관성(낮을수록 촘촘)", "Inertia (lower is tighter)";
    silhouette: "실루엣(높을수록 좋음)", "Silhouette (higher is better)";
    gap: "갭 통계량(높을수록 좋음)", "Gap statistic (higher is better)";
    strength: "예측 강도(0.8 이상이면 좋음)", "Prediction strength (0.8 or more is good)";
    calinski_harabasz: "칼린스키–하라바츠(높을수록 좋음)", "Caliński–Harabasz (higher is better)";
    davies_bouldin: "데이비스–볼딘(낮을수록 좋음)", "Davies–Bouldin (lower is better)";
    smallest_cluster: "가장 작은 군집", "Smallest cluster";
    head_feature: "값", "Feature";
    head_lower_quartile: "아래 사분위(표준편차)", "Lower quartile (SD)";
    head_median: "중앙값(표준편차)", "Median (SD)";
    head_upper_quartile: "위 사분위(표준편차)", "Upper quartile (SD)";
    z_axis: "평균과의 차이(표준편차)", "standard deviations from the mean";
}

impl Words {
    /// What frequency counts, on an axis.
    pub(crate) const fn axis_frequency(self, counted: Counted) -> &'static str {
        match counted {
            Counted::Orders => self.pick("주문 수", "orders"),
            Counted::Rows => self.pick("행 수", "rows"),
        }
    }

    pub(crate) const fn axis_frequency_best_up(self, counted: Counted) -> &'static str {
        match counted {
            Counted::Orders => self.pick(
                "빈도: 주문 수 (위일수록 많음)",
                "Frequency: orders (up is most)",
            ),
            Counted::Rows => self.pick(
                "빈도: 행 수 (위일수록 많음)",
                "Frequency: rows (up is most)",
            ),
        }
    }

    pub(crate) const fn head_median_frequency(self, counted: Counted) -> &'static str {
        match counted {
            Counted::Orders => self.pick("주문 수(중앙값)", "Orders (median)"),
            Counted::Rows => self.pick("행 수(중앙값)", "Rows (median)"),
        }
    }

    pub(crate) const fn point_size(self, counted: Counted) -> &'static str {
        match counted {
            Counted::Orders => self.pick("점의 크기: 주문 수", "point size: orders"),
            Counted::Rows => self.pick("점의 크기: 행 수", "point size: rows"),
        }
    }

    /// Beside cut points that are too close together for all of their labels.
    pub(crate) fn cuts_without_label(self, n_hidden: usize) -> String {
        self.either(
            format!("가까이 붙은 경계값 {n_hidden}개는 이름표를 생략했습니다"),
            format!("close cut points without a label: {n_hidden}"),
        )
    }

    /// What opens the table twin of a chart.
    pub const fn as_table(self) -> &'static str {
        self.pick("표로 보기", "As a table")
    }

    /// What saves a chart as PNG.
    pub const fn save_png(self) -> &'static str {
        self.pick("PNG 저장", "Save PNG")
    }

    /// What saves a chart as SVG.
    pub const fn save_svg(self) -> &'static str {
        self.pick("SVG 저장", "Save SVG")
    }

    /// How a chart is read with the keyboard.
    pub const fn chart_hint(self) -> &'static str {
        self.pick(
            "화살표 키로 값을 하나씩 읽고 Enter로 세그먼트를 고릅니다.",
            "Arrow keys read the values one by one, Enter selects a segment.",
        )
    }

    /// The last line of a picture that leaves the page.
    pub fn picture_source(self, as_of: Option<Day>) -> String {
        match as_of {
            Some(day) => format!("gyeol (결) · {}", self.as_of(day)),
            None => "gyeol (결)".to_owned(),
        }
    }

    /// The caption of a principal component's axis.
    pub(crate) fn component(self, number: usize, explained: f64) -> String {
        let share = self.share(explained);
        match self.language {
            Language::Ko => format!("주성분 {number} (분산의 {share})"),
            Language::En => format!("component {number} ({share} of variance)"),
        }
    }

    /// A z value with its sign: `+1.2`.
    pub(crate) fn signed(self, z: f64) -> String {
        let sign = if z > 0.0 { "+" } else { "" };
        let text = format!("{z:.1}").replace('-', "−");
        format!("{sign}{text}")
    }
}
