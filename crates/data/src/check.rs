//! Whether a mapping can be used for a file, before a byte more of it is read.

use super::{Column, Encoding, ImportError, Mapping, Preview, Role, TableKind};

impl Mapping {
    /// Makes a mapping of another time suit the file that `preview` looked at: the encoding of a file that is not
    /// UTF-8 is its own.
    pub const fn suit(&mut self, preview: &Preview) {
        if matches!(self.dialect.encoding, Encoding::Utf8) {
            self.dialect.encoding = preview.guess.dialect.encoding;
        }
    }

    /// The roles without which nothing can be computed from a table of this kind.
    pub const fn needed(table: TableKind) -> &'static [Role] {
        match table {
            TableKind::Orders | TableKind::Events => &[Role::Customer, Role::Date],
            TableKind::Customers => &[],
            TableKind::Products => &[Role::Product],
            TableKind::Spend => &[Role::Date, Role::Amount],
        }
    }

    /// Whether its table says when, how often or for how much anybody bought. A list of customers need not: what else it
    /// says can be looked for groups in, and nothing more.
    pub fn says_purchases(&self) -> bool {
        let says = [
            Role::RecencyDays,
            Role::LastDate,
            Role::Orders,
            Role::Amount,
        ];
        self.table != TableKind::Customers || says.iter().any(|role| self.roles.contains_key(role))
    }

    /// Whether the mapping says enough about the file that `preview` looked at.
    ///
    /// # Errors
    /// The first that is in the way: a role without a column, a column that is not there, one column with two roles,
    /// dates whose order of day and month nobody has said.
    pub fn check(&self, preview: &Preview) -> Result<(), ImportError> {
        let missing = Self::needed(self.table)
            .iter()
            .find(|role| !self.roles.contains_key(role));
        if let Some(&role) = missing {
            return Err(ImportError::MissingRole(role));
        }
        let roles = || {
            Role::of(self.table)
                .iter()
                .filter_map(|role| Some((*role, self.roles.get(role)?)))
        };
        for (place, (role, header)) in roles().enumerate() {
            let Some(column) = preview.columns.iter().find(|c| &c.header == header) else {
                return Err(ImportError::UnknownColumn(role));
            };
            if let Some((first, _)) = roles().take(place).find(|(_, other)| *other == header) {
                return Err(ImportError::SameColumn(first, role));
            }
            if role.is_date() && column.has_ambiguous_dates && self.date_order.is_none() {
                return Err(ImportError::AmbiguousDates);
            }
        }
        Ok(())
    }
}

impl Mapping {
    /// The roles that a table of this kind has beside the orders.
    pub const fn roles_beside(table: TableKind) -> &'static [Role] {
        match table {
            TableKind::Customers => &[Role::Customer],
            _ => Role::of(table),
        }
    }

    /// As [`Mapping::check`], of a table beside the orders: one of customers must say which customer.
    ///
    /// # Errors
    /// As [`Mapping::check`].
    pub fn check_beside(&self, preview: &Preview) -> Result<(), ImportError> {
        let is_of_customers = self.table == TableKind::Customers;
        if is_of_customers && !self.roles.contains_key(&Role::Customer) {
            return Err(ImportError::MissingRole(Role::Customer));
        }
        self.check(preview)
    }
}

impl Mapping {
    /// As [`Mapping::check`], of the table that all others stand beside.
    ///
    /// # Errors
    /// As [`Mapping::check`]; [`ImportError::NothingLeads`] where its rows are neither orders nor customers.
    pub fn check_leading(&self, preview: &Preview) -> Result<(), ImportError> {
        match self.table {
            TableKind::Orders | TableKind::Customers => self.check(preview),
            _ => Err(ImportError::NothingLeads),
        }
    }
}

impl Role {
    /// Whether its values are dates.
    pub const fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::LastDate)
    }

    /// Whether its values are numbers.
    pub const fn is_number(self) -> bool {
        matches!(
            self,
            Self::Amount | Self::Quantity | Self::Price | Self::RecencyDays | Self::Orders
        )
    }
}

impl Column {
    /// How many of its values read as `role` needs them, where that are few: fewer than nine in ten.
    pub fn few_readable_as(&self, role: Role) -> Option<u64> {
        let n_readable = match role {
            role if role.is_number() => self.n_numbers,
            role if role.is_date() && self.date_numbers.is_none() => self.n_dates,
            _ => return None,
        };
        (n_readable * 10 < self.n_filled * 9).then_some(n_readable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Column, ColumnKind, DateOrder};

    fn preview(headers: &[&str], has_ambiguous_dates: bool) -> Preview {
        let column = |header: &&str| Column {
            header: (*header).to_owned(),
            kind: ColumnKind::Text,
            n_filled: 1,
            n_numbers: 0,
            n_dates: 0,
            has_ambiguous_dates,
            date_order: None,
            date_numbers: None,
            days: None,
            n_distinct: 1,
            failures: Vec::new(),
            cancelled: Vec::new(),
        };
        Preview {
            file_name: "orders.csv".to_owned(),
            n_bytes: 1,
            n_rows_seen: 1,
            n_bytes_seen: 1,
            n_mended: 0,
            is_whole_file: true,
            columns: headers.iter().map(column).collect(),
            rows: Vec::new(),
            customer_column: None,
            spend: None,
            products: None,
            events: None,
            order_totals: Vec::new(),
            guess: Mapping::default(),
        }
    }

    fn mapping(roles: &[(Role, &str)]) -> Mapping {
        let roles = roles
            .iter()
            .map(|(role, header)| (*role, (*header).to_owned()));
        Mapping {
            roles: roles.collect(),
            ..Mapping::default()
        }
    }

    #[test]
    fn a_mapping_says_what_is_in_its_way() {
        let full = [(Role::Customer, "who"), (Role::Date, "when")];
        let clash = [(Role::Customer, "who"), (Role::Date, "who")];
        for (roles, expected) in [
            (&full[..], Ok(())),
            (&full[..1], Err(ImportError::MissingRole(Role::Date))),
            (&full[1..], Err(ImportError::MissingRole(Role::Customer))),
            (
                &clash[..],
                Err(ImportError::SameColumn(Role::Customer, Role::Date)),
            ),
        ] {
            assert_eq!(
                mapping(roles).check(&preview(&["who", "when"], false)),
                expected
            );
        }
        let gone = mapping(&full).check(&preview(&["who"], false));
        assert_eq!(gone, Err(ImportError::UnknownColumn(Role::Date)));
    }

    #[test]
    fn a_list_of_customers_alone_says_nothing_of_purchases() {
        let of = |table: TableKind, roles: &[(Role, &str)]| Mapping {
            table,
            ..mapping(roles)
        };
        let (who, table) = ([(Role::Customer, "who")], TableKind::Customers);
        assert!(!of(table, &who).says_purchases());
        assert!(!of(table, &[]).says_purchases());
        for role in &Role::of(table)[1..] {
            assert!(of(table, &[who[0], (*role, "what")]).says_purchases());
        }
        assert!(of(TableKind::Orders, &who).says_purchases());
    }

    #[test]
    fn ambiguous_dates_are_asked_not_guessed() {
        let mut mapping = mapping(&[(Role::Customer, "who"), (Role::Date, "when")]);
        let preview = preview(&["who", "when"], true);
        assert_eq!(mapping.check(&preview), Err(ImportError::AmbiguousDates));
        mapping.date_order = Some(DateOrder::DayMonth);
        assert_eq!(mapping.check(&preview), Ok(()));
    }
}
