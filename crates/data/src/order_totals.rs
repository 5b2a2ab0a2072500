//! Whether a column of amounts holds the total of the order, written on each of its lines.
//!
//! Adding such a column up counts an order as often as it has lines. Nothing but the file says which it is, so that much
//! has to speak for it: see [`are_repeated`]; the thresholds are told in `docs/data-quality.md`.
//! Invariant: neither the order of rows nor of orders matters.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

use super::columns::{FewNumbers, NO_CODE, NO_DAY};
use super::preview::SeenRow;
use super::values::{Decimal, decimal, id, is_absent, is_missing, moment, trimmed};
use super::{ColumnKind, DateOrder, DecimalMark, Mapping, Names, Preview, Role};

/// Fewer orders with several lines say nothing.
const FEWEST_ORDERS: u64 = 5;
/// From so many on a few may differ.
const MANY_ORDERS: u64 = 20;
/// Of these so many in a hundred have one amount.
const LEAST_ALIKE: u64 = 98;
/// An order number of more than one customer.
const SEVERAL: u32 = NO_CODE - 1;
/// Of a hundred pairs of orders fewer have the same amount.
const LEAST_CHANCE: u128 = 30;

/// A line of an order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// The number of the order.
    pub(super) order: u32,
    /// Its day and its customer: numbers of orders may begin anew each day, or in each of several shops.
    pub(super) of: (i32, u32),
    /// Its amount, in units that all lines share; 0 where there is none.
    pub(super) units: i64,
    /// The number of the product, or [`NO_CODE`].
    pub(super) product: u32,
    /// Whether pieces times price give the amount.
    pub(super) is_product: bool,
}

/// What the lines of an order showed so far.
#[derive(Clone, Copy, Debug)]
struct Seen {
    of: (i32, u32),
    units: i64,
    n_lines: u32,
    product: u32,
    is_alike: bool,
    is_product: bool,
    has_several_products: bool,
}

impl Seen {
    const NOTHING: Self = Self {
        of: (0, 0),
        units: 0,
        n_lines: 0,
        product: NO_CODE,
        is_alike: true,
        is_product: true,
        has_several_products: false,
    };

    fn note(&mut self, line: Line) {
        if self.n_lines == 0 {
            (self.of, self.units, self.product) = (line.of, line.units, line.product);
        }
        self.n_lines += 1;
        self.is_alike &= self.units == line.units;
        self.is_product &= line.is_product;
        self.has_several_products |= self.product != line.product;
    }

    /// Whether all lines have one amount.
    const fn has_one_amount(self) -> bool {
        self.is_alike && self.units > 0
    }
}

/// Whether the amounts of `lines` are totals of their orders, of which there are `n_orders` numbers. Lines are of one
/// order where number, day and customer are the same.
///
/// Of the orders with several lines and any amount (where products are known: several products) there are 5 or more, and
/// all have one amount on all lines, or 98 % of 20 or more. Pieces times price do not give the amount in most of them. Two
/// of these orders have the same amount in fewer than 30 of 100 cases, so that equal amounts are not those of a shop with
/// few prices.
pub(super) fn are_repeated(
    n_orders: usize,
    has_products: bool,
    lines: &mut dyn Iterator<Item = Line>,
) -> bool {
    let mut orders = vec![Seen::NOTHING; n_orders];
    let mut further: HashMap<(u32, i32, u32), Seen, FixedState> = HashMap::default();
    for line in lines {
        let Some(order) = orders.get_mut(line.order as usize) else {
            continue;
        };
        if order.n_lines == 0 || order.of == line.of {
            order.note(line);
        } else {
            let key = (line.order, line.of.0, line.of.1);
            further.entry(key).or_insert(Seen::NOTHING).note(line);
        }
    }
    orders.extend(further.into_values());
    let is_telling = |order: &Seen| {
        let is_free = order.is_alike && order.units == 0;
        order.n_lines > 1 && !is_free && (order.has_several_products || !has_products)
    };
    orders.retain(is_telling);
    let n_telling = orders.len() as u64;
    orders.retain(|order| order.has_one_amount());
    let n_alike = orders.len() as u64;
    let are_alike = if n_telling < MANY_ORDERS {
        n_telling >= FEWEST_ORDERS && n_alike == n_telling
    } else {
        n_alike * 100 >= n_telling * LEAST_ALIKE
    };
    let n_products = orders.iter().filter(|order| order.is_product).count() as u64;
    are_alike && n_products * 2 <= n_alike && !are_equal_by_chance(&orders)
}

/// Whose each order is by the lines that say so, of which `lines` gives order and customer; [`SEVERAL`] where they differ.
pub(super) fn owners(n_orders: usize, lines: &mut dyn Iterator<Item = (u32, u32)>) -> Vec<u32> {
    let mut owners = vec![NO_CODE; n_orders];
    for (order, customer) in lines.filter(|line| line.1 != NO_CODE) {
        if let Some(owner) = owners.get_mut(order as usize) {
            match *owner {
                NO_CODE => *owner = customer,
                own if own != customer => *owner = SEVERAL,
                _ => {}
            }
        }
    }
    owners
}

/// The customer of a line: where it names none, the owner of its order.
pub(super) fn customer_of(owners: &[u32], order: u32, customer: u32) -> u32 {
    if customer != NO_CODE {
        return customer;
    }
    let owner = owners.get(order as usize).copied();
    owner.filter(|&owner| owner != SEVERAL).unwrap_or(NO_CODE)
}

/// Whether two orders often have the same amount.
fn are_equal_by_chance(orders: &[Seen]) -> bool {
    let amounts = orders.iter().map(|order| order.units.unsigned_abs());
    let mut amounts: Vec<u64> = amounts.collect();
    amounts.sort_unstable();
    let pairs = |n: usize| n as u128 * (n as u128).saturating_sub(1);
    let equal = amounts.chunk_by(|a, b| a == b);
    let n_equal: u128 = equal.map(|equal| pairs(equal.len())).sum();
    n_equal * 100 >= pairs(amounts.len()) * LEAST_CHANCE
}

/// What one piece costs where so many come to `amount`; `None` where that is no exact price.
pub(super) fn price_of_one(amount: Decimal, pieces: Decimal) -> Option<Decimal> {
    // As many more decimals as the amount has may have been rounded away; prices have hardly more than these.
    const N_MORE: u8 = 4;
    let pieces = pieces.shortest();
    let lifted = 10_i128.checked_pow(u32::from(pieces.scale + N_MORE))?;
    let units = i128::from(amount.units).checked_mul(lifted)?;
    let price = units.checked_div(i128::from(pieces.units))?;
    let is_exact = price * i128::from(pieces.units) == units;
    let units = i64::try_from(price).ok().filter(|_| is_exact)?;
    let scale = amount.scale + N_MORE;
    Some(Decimal { units, scale }.shortest())
}

/// The columns of numbers in the head of a file that hold the order's total on each line, by the guess of what the
/// others mean.
pub(super) fn in_head(preview: &Preview, rows: &[SeenRow]) -> Vec<String> {
    let head = Head::new(preview, rows);
    let columns = preview.columns.iter().enumerate();
    let numbers = columns.filter(|(place, column)| {
        let is_taken = [head.pieces, head.price].contains(&Some(*place));
        column.kind == ColumnKind::Number && !is_taken
    });
    let Some(orders) = head.order.map(|place| head.codes(place, true)) else {
        return Vec::new();
    };
    let products = head.product.map(|place| head.codes(place, false));
    let of = head.days_and_customers(&orders);
    let are_totals = |place: usize| head.are_totals(place, &orders, &of, products.as_ref());
    let totals = numbers.filter(|(place, _)| are_totals(*place));
    totals.map(|(_, column)| column.header.clone()).collect()
}

/// The rows of a head, and where in them what stands.
struct Head<'a> {
    rows: &'a [SeenRow],
    mark: DecimalMark,
    date_order: Option<DateOrder>,
    date: Option<usize>,
    customer: Option<usize>,
    order: Option<usize>,
    product: Option<usize>,
    pieces: Option<usize>,
    price: Option<usize>,
}

impl<'a> Head<'a> {
    fn new(preview: &Preview, rows: &'a [SeenRow]) -> Self {
        let Mapping {
            roles,
            decimal_mark,
            date_order,
            ..
        } = &preview.guess;
        let place_of = |role: Role| {
            let header = roles.get(&role)?;
            let mut columns = preview.columns.iter();
            columns.position(|column| column.header == *header)
        };
        Self {
            rows,
            mark: *decimal_mark,
            date_order: *date_order,
            date: place_of(Role::Date),
            customer: place_of(Role::Customer),
            order: place_of(Role::Order),
            product: place_of(Role::Product),
            pieces: place_of(Role::Quantity),
            price: place_of(Role::Price),
        }
    }

    fn cell(&self, row: usize, place: usize) -> &'a [u8] {
        let cell = self.rows[row].cells.get(place);
        trimmed(cell.map_or(&[], |cell| cell.as_bytes()))
    }

    fn number(&self, row: usize, place: usize) -> Option<Decimal> {
        decimal(self.cell(row, place), self.mark)
    }

    /// By row the number of its text, and how many texts there are.
    fn codes(&self, place: usize, are_ids: bool) -> (Vec<u32>, usize) {
        let mut names = Names::default();
        let code = |row: usize| match self.cell(row, place) {
            cell if are_ids && is_missing(id(cell)) => NO_CODE,
            cell if are_ids => names.intern(id(cell)),
            cell if is_absent(cell) => NO_CODE,
            cell => names.intern(cell),
        };
        let codes = (0..self.rows.len()).map(code).collect();
        (codes, names.len())
    }

    /// By row its day and the number of its customer, as far as they are known.
    fn days_and_customers(&self, (orders, n_orders): &(Vec<u32>, usize)) -> Vec<(i32, u32)> {
        let day = |row: usize| {
            let moment = moment(self.cell(row, self.date?), self.date_order)?;
            Some(moment.day.number())
        };
        let customers = self.customer.map(|place| self.codes(place, true).0);
        let customers = customers.unwrap_or_else(|| vec![NO_CODE; self.rows.len()]);
        let mut lines = orders.iter().copied().zip(customers.iter().copied());
        let owners = owners(*n_orders, &mut lines);
        let of = |row: usize| {
            let customer = customer_of(&owners, orders[row], customers[row]);
            (day(row).unwrap_or(NO_DAY), customer)
        };
        (0..self.rows.len()).map(of).collect()
    }

    fn are_totals(
        &self,
        place: usize,
        (orders, n_orders): &(Vec<u32>, usize),
        of: &[(i32, u32)],
        products: Option<&(Vec<u32>, usize)>,
    ) -> bool {
        let mut amounts = FewNumbers::default();
        (0..self.rows.len()).for_each(|row| amounts.push(self.number(row, place)));
        let line = |row: usize| {
            let sign = amounts
                .number(row)
                .map_or(0, |amount| amount.units.signum());
            let is_again = row > 0 && self.rows[row].cells == self.rows[row - 1].cells;
            (!is_again && sign >= 0).then(|| Line {
                order: orders[row],
                of: of[row],
                // Which amounts are equal is all that matters.
                units: sign * (i64::from(amounts.codes().get(row)) + 1),
                product: products.map_or(NO_CODE, |(products, _)| products[row]),
                is_product: self.is_product(row, place),
            })
        };
        let mut lines = (0..self.rows.len()).filter_map(line);
        are_repeated(*n_orders, products.is_some(), &mut lines)
    }

    /// Whether pieces times price give the amount; without pieces, whether the price does.
    fn is_product(&self, row: usize, place: usize) -> bool {
        let one = Decimal { units: 1, scale: 0 };
        let found = || {
            let price = self.number(row, self.price?)?;
            let pieces = self
                .pieces
                .map_or(Some(one), |pieces| self.number(row, pieces));
            let expected = price_of_one(self.number(row, place)?, pieces?)?;
            Some(price.shortest() == expected)
        };
        found().unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_exact_or_none() {
        let check = |amount: (i64, u8), pieces: (i64, u8), expected: Option<(i64, u8)>| {
            let [amount, pieces] = [amount, pieces].map(|(units, scale)| Decimal { units, scale });
            let price = price_of_one(amount, pieces);
            assert_eq!(price.map(|price| (price.units, price.scale)), expected);
        };
        check((1530, 2), (6, 0), Some((255, 2)));
        check((-75, 1), (30, 1), Some((-25, 1)));
        check((251, 2), (2, 0), Some((1255, 3)));
        check((10, 0), (3, 0), None);
        check((10, 0), (0, 0), None);
        check((i64::MAX, 0), (1, 18), None);
    }

    #[test]
    fn orders_that_are_free_say_nothing() {
        let lines = |n_paid: u32| {
            let line = move |place: u32| Line {
                order: place / 2,
                of: (0, 0),
                units: i64::from(if place / 2 < n_paid {
                    100 + place / 2
                } else {
                    0
                }),
                product: place,
                is_product: false,
            };
            (0..40).map(line)
        };
        assert!(are_repeated(20, true, &mut lines(5)));
        assert!(!are_repeated(20, true, &mut lines(4)));
        assert!(!are_repeated(20, true, &mut lines(0)));
    }
}
