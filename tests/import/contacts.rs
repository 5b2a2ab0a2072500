//! Who can be written to: consent by the latest answer, columns that say how, addresses as ids, and orders of guests.

use gyeol::data::{Contacts, Dataset, Part, Role};

use crate::several::{look, read, side_of, with_side};
use crate::{dataset, standing, table_in_pieces};

/// Whether each customer agreed, in the order of their ids.
fn agreed(dataset: &Dataset) -> Option<Vec<Option<bool>>> {
    let contacts = Contacts::of(dataset);
    let agreed = contacts.agreed(dataset)?;
    let customers = 0..dataset.n_customers();
    Some(customers.map(|customer| agreed.of(customer)).collect())
}

fn agreed_in(header: &str, rows: &[(&str, &str, &str)]) -> Option<Vec<Option<bool>>> {
    let text_of = |rows: &mut dyn Iterator<Item = &(&str, &str, &str)>| {
        let rows = rows.map(|(customer, day, answer)| format!("{customer},{day},10,{answer}\n"));
        format!(
            "customer,date,amount,{header}\n{}",
            rows.collect::<String>()
        )
    };
    let forwards = dataset(text_of(&mut rows.iter()).as_bytes()).unwrap();
    let backwards = dataset(text_of(&mut rows.iter().rev()).as_bytes()).unwrap();
    assert_eq!(agreed(&forwards), agreed(&backwards));
    agreed(&forwards)
}

#[test]
fn the_latest_answer_counts_in_whatever_order_the_rows_come() {
    let (yes, no) = (Some(true), Some(false));
    for (header, answers) in [
        ("수신동의", ["동의", "미동의"]),
        ("마케팅 동의", ["Y", "N"]),
        ("광고성 정보 수신", ["예", "아니오"]),
        ("Accepts Marketing", ["yes", "no"]),
        ("opt-in", ["1", "0"]),
        ("subscribed", ["true", "false"]),
    ] {
        let [agrees, refuses] = answers;
        let found = agreed_in(
            header,
            &[
                ("a", "2024-01-01", agrees),
                ("a", "2024-02-01", refuses),
                ("b", "2024-01-01", refuses),
                ("b", "2024-02-01", agrees),
                ("c", "2024-01-01", ""),
                // Of two answers on one day the refusal counts, whatever the bytes say.
                ("d", "2024-01-01", agrees),
                ("d", "2024-01-01", refuses),
            ],
        );
        assert_eq!(found, Some(vec![no, yes, None, no]), "{header}");
    }
}

#[test]
fn a_refusal_is_heard_in_rows_that_do_not_count_and_beside_what_is_no_answer() {
    // The later order was cancelled, the third customer's second answer is none, the fourth refused on an unknown day.
    let text = "customer,date,amount,수신동의\n\
        a,2024-01-01,10,동의\na,2024-02-01,-10,미동의\n\
        b,2024-01-01,10,동의\nb,2024-02-01,-10,동의\n\
        c,2024-01-01,10,동의\nc,2024-01-01,10,미동의\n\
        d,2024-01-01,10,동의\nd,someday,10,미동의\n";
    let found = agreed(&dataset(text.as_bytes()).unwrap()).unwrap();
    assert_eq!(found, [Some(false), Some(true), Some(false), Some(false)]);
    for header in [
        "수신동의 해지",
        "메일수신차단",
        "not_subscribed",
        "newsletter cancelled",
    ] {
        let rows = [("a", "2024-01-01", "Y"), ("b", "2024-01-02", "N")];
        assert_eq!(agreed_in(header, &rows), None, "{header}");
    }
}

#[test]
fn what_is_no_answer_is_no_consent() {
    let rows = [("a", "2024-01-01", "Y"), ("b", "2024-01-02", "weekly")];
    assert_eq!(agreed_in("newsletter", &rows), None);
    let rows = [("a", "2024-01-01", "Y"), ("b", "2024-01-02", "N")];
    assert_eq!(agreed_in("개인정보 수집 동의", &rows), None);
    assert_eq!(agreed_in("gift", &rows), None);
}

#[test]
fn a_no_in_any_column_of_consent_is_heard_in_whatever_order_rows_and_columns_come() {
    let (yes, no) = (Some(true), Some(false));
    // The third customer took back the consent to text messages, the fourth gave it again, the fifth never spoke.
    let rows = [
        ("a", "2024-01-01", ["Y", "Y", "1"]),
        ("b", "2024-01-01", ["Y", "N", "1"]),
        ("c", "2024-01-01", ["Y", "Y", ""]),
        ("c", "2024-02-01", ["", "N", ""]),
        ("d", "2024-01-01", ["N", "", ""]),
        ("d", "2024-02-01", ["Y", "", ""]),
        ("e", "2024-01-01", ["", "", ""]),
        ("f", "2024-01-01", ["", "", "0"]),
    ];
    for [one, two, three] in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
        let heads = ["email_agree", "sms_agree", "marketing"];
        let line = |cells: &[&str; 3]| [cells[one], cells[two], cells[three]].join(",");
        let mut text = format!("customer,date,amount,{}\n", line(&heads));
        for (customer, day, answers) in &rows {
            text += &format!("{customer},{day},10,{}\n", line(answers));
        }
        let dataset = dataset(text.as_bytes()).unwrap();
        assert_eq!(Contacts::of(&dataset).consent.len(), 3);
        let found = agreed(&dataset).unwrap();
        assert_eq!(found, [yes, no, no, yes, None, no]);
    }
}

#[test]
fn a_refusal_among_numbers_is_heard() {
    let text = "customer,date,amount,email_agree,sms_agree\n\
        a,2024-01-01,10,1,1\nb,2024-01-01,10,1,0\nc,2024-01-01,10,1,2\n";
    let found = agreed(&dataset(text.as_bytes()).unwrap()).unwrap();
    assert_eq!(found, [Some(true), Some(false), Some(true)]);
}

const ADDRESSES: &str = "email,order,date,amount\n\
    Anna@Shop.de,1,2024-01-03,10\nanna@shop.de,2,2024-01-09,20\n\"ANNA@SHOP.DE \",3,2024-01-31,5\n\
    A@b.c,4,2024-01-03,1\na@B.c,5,2024-01-04,1\nBob,6,2024-01-05,1\nbob,7,2024-01-05,1\n";

#[test]
fn addresses_that_differ_in_capitals_alone_are_one_customer() {
    let mapping = look("orders.csv", ADDRESSES.as_bytes()).guess;
    assert_eq!(mapping.roles[&Role::Customer], "email");
    let mut lines: Vec<&str> = ADDRESSES.lines().skip(1).collect();
    lines.reverse();
    let backwards = format!("email,order,date,amount\n{}\n", lines.join("\n"));
    for text in [ADDRESSES, &backwards] {
        for n_bytes in [1, 7, 1 << 16] {
            let table = table_in_pieces(text.as_bytes(), &mapping, n_bytes).unwrap();
            let dataset = table.dataset(gyeol::data::Choices::default()).unwrap();
            let ids = (0..dataset.n_customers() as u32).map(|one| dataset.customers.get(one));
            let ids: Vec<_> = ids.collect();
            assert_eq!(ids, ["Bob", "a@b.c", "anna@shop.de", "bob"]);
            assert_eq!(standing(&dataset, "anna@shop.de").2, 3);
            assert_eq!(standing(&dataset, "a@b.c").2, 2);
        }
    }
}

#[test]
fn addresses_meet_those_of_a_table_beside_and_of_a_further_file() {
    let people = "email,age,subscribed\nANNA@shop.de,31,Y\nnobody@shop.de,50,N\n";
    let first = look("orders.csv", ADDRESSES.as_bytes());
    let side = side_of(&first, "people.csv", people, Part::Joined);
    let (engine, imported) = with_side(ADDRESSES, side);
    let joined = &imported.joined[0];
    assert_eq!((joined.n_matched, joined.n_without_orders), (1, 1));
    let answers = agreed(engine.dataset().unwrap()).unwrap();
    assert_eq!(answers, [None, None, Some(true), None]);

    let february = "email,order,date,amount\nAnna@SHOP.de,8,2024-02-01,7\n";
    let files = [
        ("01.csv", ADDRESSES.as_bytes()),
        ("02.csv", february.as_bytes()),
    ];
    let both = read(&files, 9).unwrap();
    let both = both.dataset(gyeol::data::Choices::default()).unwrap();
    assert_eq!(standing(&both, "anna@shop.de").2, 4);
}

/// Orders, 21 of them; the first `n_guests` have no member id, the last `n_lacking` no phone number.
fn orders_of_guests(n_guests: usize, n_lacking: usize) -> String {
    let row = |row: usize| {
        let member = if row < n_guests {
            String::new()
        } else {
            format!("M{row}")
        };
        let phone = match row + n_lacking {
            21.. => String::new(),
            _ => format!("010-1234-56{row:02}"),
        };
        format!(
            "{member},{phone},010-9999-0000,2024-01-0{},10\n",
            row % 9 + 1
        )
    };
    let rows: String = (0..21).map(row).collect();
    format!("회원 ID,주문자 휴대전화,받는 분 휴대전화,주문일,결제금액\n{rows}")
}

#[test]
fn a_column_that_knows_the_guests_is_found_where_many_rows_have_none() {
    let found = |n_guests, n_lacking| {
        let preview = look(
            "orders.csv",
            orders_of_guests(n_guests, n_lacking).as_bytes(),
        );
        assert_eq!(preview.guess.roles[&Role::Customer], "회원 ID");
        let better = preview.better_customer(&preview.guess)?;
        assert_eq!(better.own, "회원 ID");
        Some((better.other, better.n_blank, better.n_other_blank))
    };
    let phone = "주문자 휴대전화".to_owned();
    assert_eq!(found(4, 0), Some((phone.clone(), 4, 0)));
    assert_eq!(found(4, 2), Some((phone, 4, 2)));
    // Only the receiver's is filled well enough, and that is one number for all.
    assert_eq!(found(4, 3), None);
    // A twentieth of the rows is few, a tenth is not.
    assert_eq!(found(1, 0), None);
    assert_eq!(found(2, 0), Some(("주문자 휴대전화".to_owned(), 2, 0)));
}

#[test]
fn a_column_of_refunds_that_nothing_takes_off_is_found() {
    let found = |amount: &str, header: &str, refunds: [&str; 2]| {
        let text = format!(
            "customer_id,order_id,order_date,{amount},{header}\na,1,2024-01-13,100,{}\nb,2,2024-01-14,80,{}\n",
            refunds[0], refunds[1]
        );
        let preview = look("orders.csv", text.as_bytes());
        assert_eq!(preview.guess.roles[&Role::Amount], amount);
        preview.given_back(&preview.guess).map(str::to_owned)
    };
    for (amount, header) in [
        ("Total", "Refunded Amount"),
        ("Order Total Amount", "Order Refund Amount"),
        ("총 결제금액", "환불금액"),
        ("결제금액", "실제 환불금액"),
    ] {
        assert_eq!(found(amount, header, ["0", "30"]).as_deref(), Some(header));
        assert_eq!(
            found(amount, header, ["0", "0"]),
            None,
            "nothing was given back"
        );
    }
    assert_eq!(found("Total", "discount", ["0", "30"]), None);
}
