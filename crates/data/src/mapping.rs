//! What the columns of a file mean, and how its text is written.

use std::collections::BTreeMap;

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

use super::Currency;

/// The most rows that name the columns.
pub(super) const MAX_HEADER_ROWS: u8 = 3;

/// What one row of the file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableKind {
    /// An order or a line of an order.
    #[default]
    Orders,
    /// A customer, with sums and attributes.
    Customers,
    /// What a channel or campaign cost on a day.
    Spend,
    /// Something that a customer did, other than to buy.
    Events,
    /// A product: its category, cost or margin, and tags.
    Products,
}

impl TableKind {
    /// All kinds.
    pub const ALL: [Self; 5] = [
        Self::Orders,
        Self::Customers,
        Self::Products,
        Self::Events,
        Self::Spend,
    ];

    /// The name used in settings, options and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Orders => "orders",
            Self::Customers => "customers",
            Self::Spend => "spend",
            Self::Events => "events",
            Self::Products => "products",
        }
    }

    /// The kind with this [`TableKind::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
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
    /// Table of products: what a piece costs the shop.
    UnitCost,
    /// Table of products: what of the price stays, as money of a piece or as a part.
    Margin,
    /// Table of products: words that it goes under.
    Tags,
}

impl Role {
    /// Whether its values are texts, whatever they look like: a number with a letter in it is one of them too.
    pub const fn is_text(self) -> bool {
        matches!(
            self,
            Self::Customer
                | Self::Order
                | Self::Product
                | Self::Category
                | Self::Status
                | Self::Tags
        )
    }

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
            TableKind::Spend => &[Self::Date, Self::Category, Self::Amount],
            TableKind::Events => &[Self::Customer, Self::Date, Self::Category],
            TableKind::Products => &[
                Self::Product,
                Self::Category,
                Self::UnitCost,
                Self::Margin,
                Self::Tags,
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
            Self::UnitCost => "unit_cost",
            Self::Margin => "margin",
            Self::Tags => "tags",
        }
    }

    /// The role with this [`Role::key`].
    pub fn from_key(key: &str) -> Option<Self> {
        let all = Self::of(TableKind::Orders)
            .iter()
            .chain(Self::of(TableKind::Customers))
            .chain(Self::of(TableKind::Products));
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
    /// `:`
    Colon,
    /// `^`
    Caret,
    /// `~`
    Tilde,
    /// One blank.
    Space,
    /// Blanks, however many; those around a row are nothing.
    Spaces,
    /// Two blanks or more.
    WideSpaces,
    /// `, `
    CommaSpace,
    /// `; `
    SemicolonSpace,
    /// ` | `
    SpacedPipe,
    /// `||`
    DoublePipe,
    /// The separator of units, byte 0x1F.
    Unit,
    /// `|` with lines of `-` and blanks around cells: a table drawn with signs.
    Drawn,
    /// `#`
    Hash,
    /// `*`
    Asterisk,
    /// `!`
    Exclamation,
    /// `¦`
    BrokenBar,
    /// `::`
    DoubleColon,
    /// `;;`
    DoubleSemicolon,
}

impl Delimiter {
    /// All of them.
    pub const ALL: [Self; 22] = [
        Self::Comma,
        Self::Semicolon,
        Self::Tab,
        Self::Pipe,
        Self::Colon,
        Self::Caret,
        Self::Tilde,
        Self::Unit,
        Self::Space,
        Self::Spaces,
        Self::WideSpaces,
        Self::CommaSpace,
        Self::SemicolonSpace,
        Self::SpacedPipe,
        Self::DoublePipe,
        Self::DoubleSemicolon,
        Self::DoubleColon,
        Self::BrokenBar,
        Self::Hash,
        Self::Asterisk,
        Self::Exclamation,
        Self::Drawn,
    ];

    /// The name used in options and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Comma => "comma",
            Self::Semicolon => "semicolon",
            Self::Tab => "tab",
            Self::Pipe => "pipe",
            Self::Colon => "colon",
            Self::Caret => "caret",
            Self::Tilde => "tilde",
            Self::Unit => "unit",
            Self::Hash => "hash",
            Self::Asterisk => "asterisk",
            Self::Exclamation => "exclamation",
            Self::BrokenBar => "broken-bar",
            Self::DoubleColon => "double-colon",
            Self::DoubleSemicolon => "double-semicolon",
            Self::Space => "space",
            Self::Spaces => "spaces",
            Self::WideSpaces => "wide_spaces",
            Self::CommaSpace => "comma_space",
            Self::SemicolonSpace => "semicolon_space",
            Self::SpacedPipe => "spaced_pipe",
            Self::DoublePipe => "double_pipe",
            Self::Drawn => "drawn",
        }
    }

    /// What stands in the file; of blanks the least.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Comma => ",",
            Self::Semicolon => ";",
            Self::Tab => "\t",
            Self::Pipe | Self::Drawn => "|",
            Self::Colon => ":",
            Self::Caret => "^",
            Self::Tilde => "~",
            Self::Unit => "\u{1f}",
            Self::Space | Self::Spaces => " ",
            Self::WideSpaces => "  ",
            Self::CommaSpace => ", ",
            Self::SemicolonSpace => "; ",
            Self::SpacedPipe => " | ",
            Self::DoublePipe => "||",
            Self::Hash => "#",
            Self::Asterisk => "*",
            Self::Exclamation => "!",
            Self::BrokenBar => "¦",
            Self::DoubleColon => "::",
            Self::DoubleSemicolon => ";;",
        }
    }

    /// The byte in the file, where it is exactly one.
    pub(super) const fn byte(self) -> Option<u8> {
        match (self, self.text().as_bytes()) {
            (Self::Spaces | Self::Drawn, _) => None,
            (_, &[byte]) => Some(byte),
            _ => None,
        }
    }
}

/// What encloses cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteMark {
    /// `"`
    #[default]
    Double,
    /// `'`
    Single,
    /// `“` and `”`
    Curly,
    /// `"`, also around whole rows: `"ann,2024-01-13,5"`, as spreadsheets save what they took for one column.
    Row,
}

impl QuoteMark {
    /// The byte in the file; of curly quotes what they are made.
    pub const fn byte(self) -> u8 {
        match self {
            Self::Double | Self::Row | Self::Curly => b'"',
            Self::Single => b'\'',
        }
    }
}

/// How a quote within an enclosed cell is told from its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Escape {
    /// It is written twice.
    #[default]
    Doubled,
    /// `\` stands before it.
    Backslash,
    /// It is not: the quote before a delimiter or a line end is the end.
    None,
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
    /// Whether quotes enclose cells.
    pub quoted: bool,
    /// Which quotes.
    #[serde(default)]
    pub quote: QuoteMark,
    /// How a quote stands within them.
    #[serde(default)]
    pub escape: Escape,
    /// The line on which the table begins, counted from 1: what stands above is no part of it.
    #[serde(default = "first", deserialize_with = "line")]
    pub first_line: u64,
    /// Whether the first row names the columns.
    pub has_header: bool,
    /// Rows that name the columns together, where there is a header.
    #[serde(default = "one", deserialize_with = "header_rows")]
    pub header_rows: u8,
}

const fn first() -> u64 {
    1
}

const fn one() -> u8 {
    1
}

/// The number of a line; lines are counted from 1.
fn line<'de, D: Deserializer<'de>>(from: D) -> Result<u64, D::Error> {
    let line = u64::deserialize(from)?;
    let is_line = line > 0 && line <= u64::from(u32::MAX);
    is_line.then_some(line).ok_or_else(|| {
        D::Error::invalid_value(Unexpected::Unsigned(line), &"the number of a line, from 1")
    })
}

/// How many rows name the columns.
fn header_rows<'de, D: Deserializer<'de>>(from: D) -> Result<u8, D::Error> {
    let n_rows = u8::deserialize(from)?;
    let is_some = (1..=MAX_HEADER_ROWS).contains(&n_rows);
    is_some.then_some(n_rows).ok_or_else(|| {
        D::Error::invalid_value(Unexpected::Unsigned(n_rows.into()), &"one to three rows")
    })
}

impl Dialect {
    /// Rows that name the columns.
    pub(super) const fn n_header_rows(self) -> u8 {
        if self.has_header { self.header_rows } else { 0 }
    }

    /// Whether the text is cut by single bytes and double quotes alone, as nearly all files are.
    pub(super) const fn is_plain(self) -> bool {
        let has_plain_quotes = matches!(
            (self.quote, self.escape),
            (QuoteMark::Double | QuoteMark::Curly, Escape::Doubled)
        );
        self.delimiter.byte().is_some() && (has_plain_quotes || !self.quoted)
    }
}

/// RFC 4180 with a header.
impl Default for Dialect {
    fn default() -> Self {
        Self {
            encoding: Encoding::Utf8,
            delimiter: Delimiter::Comma,
            quoted: true,
            quote: QuoteMark::Double,
            escape: Escape::Doubled,
            first_line: 1,
            has_header: true,
            header_rows: 1,
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
    /// Of years with two digits: `25.04.03` is 3 April 2025.
    YearMonth,
}

impl DateOrder {
    /// All.
    pub const ALL: [Self; 3] = [Self::DayMonth, Self::MonthDay, Self::YearMonth];

    /// The name used in options and page attributes.
    pub const fn key(self) -> &'static str {
        match self {
            Self::DayMonth => "day-month",
            Self::MonthDay => "month-day",
            Self::YearMonth => "year-month",
        }
    }
}

/// What numbers in a column of dates count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateNumbers {
    /// Days as spreadsheets count them; 1 is the first of January 1900.
    Days1900,
    /// Days as spreadsheets of old Macintoshes count them; 0 is the first of January 1904.
    Days1904,
    /// Seconds since the start of 1970.
    Seconds,
    /// Thousandths of a second since then.
    Millis,
}

impl DateNumbers {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Days1900, Self::Days1904, Self::Seconds, Self::Millis];

    /// The name used in options and settings.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Days1900 => "days1900",
            Self::Days1904 => "days1904",
            Self::Seconds => "seconds",
            Self::Millis => "millis",
        }
    }
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
    /// The sheet, where the file is a workbook.
    #[serde(default)]
    pub sheet: Option<String>,
    /// What numbers in the columns of dates count; `None` where they are no dates.
    #[serde(default)]
    pub date_numbers: Option<DateNumbers>,
    /// What amounts are in, for the page to say; `None` where nobody knows.
    #[serde(default)]
    pub currency: Option<Currency>,
}
