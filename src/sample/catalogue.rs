//! The words and prices of the made-up shop. Both variants have the same shape, so that they tell the same story.

/// What the shop sells and how its file says it.
pub(super) struct Catalogue {
    pub(super) is_korean: bool,
    pub(super) headers: [&'static str; 16],
    pub(super) products: [Product; N_PRODUCTS],
    pub(super) categories: [&'static str; 5],
    /// Paid, cancelled, returned.
    pub(super) states: [&'static str; 3],
    pub(super) regions: [&'static str; 8],
    pub(super) age_bands: [&'static str; 6],
    /// Female, male, not said.
    pub(super) genders: [&'static str; 3],
    pub(super) channels: [&'static str; 5],
    pub(super) campaigns: [&'static str; 4],
    pub(super) price_on_request: &'static str,
}

/// Something on the shelf.
#[derive(Clone, Copy)]
pub(super) struct Product {
    pub(super) name: &'static str,
    pub(super) category: usize,
    /// Won, or cents.
    pub(super) price: u32,
}

pub(super) const N_PRODUCTS: usize = 20;

impl Catalogue {
    pub(super) const fn of(korean: bool) -> &'static Self {
        if korean { &KOREAN } else { &ENGLISH }
    }
}

const fn product(name: &'static str, category: usize, price: u32) -> Product {
    Product {
        name,
        category,
        price,
    }
}

const KOREAN: Catalogue = Catalogue {
    is_korean: true,
    headers: [
        "주문번호",
        "주문일시",
        "회원번호",
        "상품명",
        "상품분류",
        "수량",
        "판매가",
        "쿠폰할인",
        "결제금액",
        "주문상태",
        "지역",
        "연령대",
        "성별",
        "유입채널",
        "캠페인",
        "마케팅수신동의",
    ],
    products: [
        product("우전 녹차 50g", 0, 18_000),
        product("세작 녹차 티백 20입", 0, 12_500),
        product("쑥차 40g", 0, 9_800),
        product("유기농 보리차 500g", 0, 7_900),
        product("매실청 500ml", 0, 15_900),
        product("백자 머그", 1, 24_000),
        product("청자 찻잔 2인", 1, 46_000),
        product("옹기 다관", 1, 68_000),
        product("나무 찻상", 1, 129_000),
        product("유리 차 거름망", 1, 11_000),
        product("소창 행주 5장", 2, 13_500),
        product("린넨 앞치마, 먹색", 2, 38_000),
        product("누비 방석", 2, 42_000),
        product("모시 발", 2, 89_000),
        product("소나무 향초", 3, 19_500),
        product("한지 무드등", 3, 74_000),
        product("은행나무 도마 \"대\"", 3, 52_000),
        product("리필 세제 1L (재활용 병)", 4, 8_900),
        product("대나무 칫솔 4개", 4, 9_900),
        product("천연 수세미 3개", 4, 6_500),
    ],
    categories: ["차", "다구", "직물", "살림", "제로웨이스트"],
    states: ["결제완료", "취소", "반품"],
    regions: [
        "서울", "경기", "부산", "대구", "광주", "대전", "강원", "제주",
    ],
    age_bands: ["20대", "30대", "40대", "50대", "60대", "70대 이상"],
    genders: ["여", "남", ""],
    channels: ["자사몰", "네이버", "인스타그램", "카카오톡", "매장"],
    campaigns: ["새봄전", "여름특가", "추석선물", "연말감사"],
    price_on_request: "문의",
};

const ENGLISH: Catalogue = Catalogue {
    is_korean: false,
    headers: [
        "order_id",
        "ordered_at",
        "customer_id",
        "product",
        "category",
        "quantity",
        "unit_price",
        "coupon_discount",
        "amount",
        "status",
        "region",
        "age_band",
        "gender",
        "channel",
        "campaign",
        "marketing_consent",
    ],
    products: [
        product("First-flush green tea, 50 g", 0, 1_800),
        product("Green tea bags, 20", 0, 1_250),
        product("Mugwort tea, 40 g", 0, 980),
        product("Organic barley tea, 500 g", 0, 790),
        product("Plum syrup, 500 ml", 0, 1_590),
        product("White porcelain mug", 1, 2_400),
        product("Celadon cups, pair", 1, 4_600),
        product("Stoneware teapot", 1, 6_800),
        product("Wooden tea table", 1, 12_900),
        product("Glass tea strainer", 1, 1_100),
        product("Cotton dishcloths, 5", 2, 1_350),
        product("Linen apron, ink", 2, 3_800),
        product("Quilted cushion", 2, 4_200),
        product("Ramie blind", 2, 8_900),
        product("Pine candle", 3, 1_950),
        product("Paper lamp", 3, 7_400),
        product("Ginkgo board \"large\"", 3, 5_200),
        product("Refill detergent, 1 l (recycled bottle)", 4, 890),
        product("Bamboo toothbrushes, 4", 4, 990),
        product("Natural loofahs, 3", 4, 650),
    ],
    categories: ["Tea", "Teaware", "Textiles", "Home", "Zero waste"],
    states: ["paid", "cancelled", "returned"],
    regions: [
        "North",
        "North East",
        "East",
        "South East",
        "South",
        "South West",
        "West",
        "Islands",
    ],
    age_bands: ["20-29", "30-39", "40-49", "50-59", "60-69", "70+"],
    genders: ["F", "M", ""],
    channels: ["Own shop", "Marketplace", "Instagram", "Messenger", "Store"],
    campaigns: ["Spring", "Summer sale", "Autumn gifts", "Year end"],
    price_on_request: "ask",
};
