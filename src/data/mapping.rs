//! What the columns of a file mean, and how its text is written.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What one row of the file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// An order or a line of an order.
    #[default]
    Orders,
    /// A customer, with sums and attributes.
    Customers,
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who bought: an id, a member number, an address.
    Customer,
    /// Which order a line belongs to.
    Order,
    /// When it was bought.
    Date,
    /// What the line came to.
    Amount,
    /// How many pieces.
    Quantity,
    /// What one piece cost.
    Price,
    /// What was bought.
    Product,
    /// Its group of products.
    Category,
    /// What became of the order: paid, cancelled, returned.
    Status,
    /// Table of customers: whole days since the last order.
    RecencyDays,
    /// Table of customers: the day of the last order.
    LastDate,
    /// Table of customers: how many orders.
    Orders,
}

impl Role {
    /// The roles of a table of this kind, in the order in which they are asked for.
    pub const fn of(table: TableKind) -> &'static [Self] {
        match table {
            TableKind::Orders => &[
                Self::Customer,
                Self::Order,
                Self::Date,
                Self::Amount,
                Self::Quantity,
                Self::Price,
                Self::Product,
                Self::Category,
                Self::Status,
            ],
            TableKind::Customers => &[
                Self::Customer,
                Self::RecencyDays,
                Self::LastDate,
                Self::Orders,
                Self::Amount,
            ],
        }
    }

    /// The name used in settings, options and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Order => "order",
            Self::Date => "date",
            Self::Amount => "amount",
            Self::Quantity => "quantity",
            Self::Price => "price",
            Self::Product => "product",
            Self::Category => "category",
            Self::Status => "status",
            Self::RecencyDays => "recency_days",
            Self::LastDate => "last_date",
            Self::Orders => "orders",
        }
    }

    /// The role with this [`Role::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        let all = Self::of(TableKind::Orders)
            .iter()
            .chain(Self::of(TableKind::Customers));
        all.copied().find(|role| role.key() == key)
    }
}

/// What separates the cells of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Delimiter {
    /// `,`
    #[default]
    Comma,
    /// `;`
    Semicolon,
    /// A tab.
    Tab,
    /// `|`
    Pipe,
}

impl Delimiter {
    /// All that are tried.
    pub const ALL: [Self; 4] = [Self::Comma, Self::Semicolon, Self::Tab, Self::Pipe];

    /// The byte in the file.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
            Self::Pipe => b'|',
        }
    }
}

/// How the letters of a file are written as bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Encoding {
    /// UTF-8, and with it ASCII.
    #[default]
    Utf8,
    /// Little-endian UTF-16.
    Utf16Le,
    /// Big-endian UTF-16.
    Utf16Be,
    /// Korean: CP949 (UHC), of which EUC-KR is a part.
    Cp949,
    /// Japanese: Shift_JIS.
    ShiftJis,
    /// Western European: Windows-1252.
    Windows1252,
}

impl Encoding {
    /// All that are read.
    pub const ALL: [Self; 6] = [
        Self::Utf8,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Cp949,
        Self::ShiftJis,
        Self::Windows1252,
    ];

    /// The name in the WHATWG Encoding Standard; its `euc-kr` is CP949.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Utf16Le => "utf-16le",
            Self::Utf16Be => "utf-16be",
            Self::Cp949 => "euc-kr",
            Self::ShiftJis => "shift_jis",
            Self::Windows1252 => "windows-1252",
        }
    }
}

/// How the bytes of a file are text, and how its rows and cells are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    /// How letters are written. Files of settings from before it was asked are of UTF-8.
    #[serde(default)]
    pub encoding: Encoding,
    /// What separates cells.
    pub delimiter: Delimiter,
    /// Whether `"` encloses cells.
    pub quoted: bool,
    /// Whether the first row names the columns.
    pub has_header: bool,
}

/// RFC 4180 with a header.
impl Default for Dialect {
    fn default() -> Self {
        Self {
            encoding: Encoding::Utf8,
            delimiter: Delimiter::Comma,
            quoted: true,
            has_header: true,
        }
    }
}

/// How `03/04/2011` is to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateOrder {
    /// 3 April.
    DayMonth,
    /// 4 March.
    MonthDay,
}

/// What separates whole from fraction in `1.234,50`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DecimalMark {
    /// `1,234.50`
    #[default]
    Point,
    /// `1.234,50`
    Comma,
}

/// A person's answer to what the file means. Columns are named by their header (made unique by the preview).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// What a row is.
    pub table: TableKind,
    /// How the text is cut.
    pub dialect: Dialect,
    /// Which column has which role. Columns without a role are kept as attributes.
    pub roles: BTreeMap<Role, String>,
    /// How ambiguous dates are read; `None` while nobody has answered and the file does not show it.
    pub date_order: Option<DateOrder>,
    /// How decimals are read.
    pub decimal_mark: DecimalMark,
}
