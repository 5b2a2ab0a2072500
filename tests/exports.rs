//! Files that leave the page: their columns, their form, and what a spreadsheet must never compute.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use gyeol::analysis::customers::Filter;
use gyeol::analysis::{
    AnalysisId, Finished, Report, Request, SegmentationId, Unwatched, clusters, movement, rfm, run,
};
use gyeol::data::{
    Attribute, AttributeValues, Contact, Dataset, Day, History, Names, Orders, Reason, Role,
};
use gyeol::export::customers::{CustomerTable, OPTIONAL};
use gyeol::export::{self, File, Purpose, Settings};
use gyeol::text::{Language, Words};

/// In byte order, as a dataset has them.
const IDS: [&str; 8] = [
    "\tTab",
    "+82 10",
    "-5",
    "0017",
    "17850",
    "=cmd|' /C calc'!A0",
    "@sum",
    "김, \"민지\"",
];

const HOSTILE: &str = "=HYPERLINK(\"http://x\")";

/// Customer `i` has `i + 1` orders, the last on day `100 + i`.
fn dataset() -> Dataset {
    let mut customers = Names::default();
    let mut codes = Vec::new();
    let mut orders = Orders {
        starts: vec![0],
        scale: 2,
        ..Orders::default()
    };
    for (customer, id) in IDS.into_iter().enumerate() {
        customers.intern(id.as_bytes());
        codes.push((customer % 2 == 0).then_some(0));
        let mut running = 0;
        for order in 0..=customer {
            running += 1050;
            orders
                .days
                .push(Day::from_number((100 + customer.min(order * 3)) as i32));
            orders.amounts.push(1050);
            orders.n_lines.push(1);
            orders.running_amounts.push(running);
            orders.running_lines.push(order as u32 + 1);
        }
        orders.starts.push(orders.days.len() as u32);
    }
    let mut texts = Names::default();
    texts.intern(HOSTILE.as_bytes());
    let ages = (0..IDS.len()).map(|i| (i != 1).then_some(i as f64 - 2.5));
    Dataset {
        customers,
        history: History::Orders(orders),
        attributes: vec![
            Attribute {
                name: "나이".to_owned(),
                values: AttributeValues::Numbers(ages.collect()),
            },
            Attribute {
                name: "+memo".to_owned(),
                values: AttributeValues::Texts { texts, codes },
            },
        ],
        has_money: true,
        treated: gyeol::data::Treated::default(),
    }
}

struct Results {
    dataset: Dataset,
    as_of: Day,
    rfm: Finished,
    clusters: Finished,
    columns: Vec<String>,
}

fn results() -> Results {
    let dataset = dataset();
    let as_of = dataset.default_as_of();
    let ran = |request| run(&dataset, request, as_of, &mut Unwatched).unwrap();
    let clusters = clusters::Params {
        k: 2,
        ..clusters::Params::default()
    };
    Results {
        rfm: ran(Request::Rfm(rfm::Params::default())),
        clusters: ran(Request::Clusters(clusters)),
        as_of,
        columns: dataset
            .attributes
            .iter()
            .map(|one| one.name.clone())
            .collect(),
        dataset,
    }
}

impl Results {
    fn table(&self) -> CustomerTable<'_> {
        CustomerTable {
            dataset: &self.dataset,
            as_of: self.as_of,
            scores: self.rfm.scores.as_ref(),
            silhouettes: None,
            changes: None,
            forecasts: None,
            moves: None,
            segmentations: [&self.rfm, &self.clusters]
                .into_iter()
                .filter_map(|finished| finished.segmentation.as_ref())
                .collect(),
            columns: &self.columns,
            without: &[],
        }
    }
}

/// The cells of a file, its head first.
fn cells(file: &File) -> Vec<Vec<String>> {
    let bytes = file.bytes.strip_prefix(b"\xEF\xBB\xBF").expect("a mark");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(bytes);
    let records = reader.records().map(Result::unwrap);
    records
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect()
}

#[test]
fn customers_have_the_promised_columns_and_those_of_the_file_that_were_chosen() {
    let file = results().table().file(&Filter::default()).unwrap();
    assert_eq!(file.name, "customers.csv");
    let head = cells(&file)[0].join(",");
    assert_eq!(
        head,
        "customer,recency_days,frequency,monetary,r,f,m,rfm_segment,cluster,\
         rfm_segment_ko,cluster_name,cluster_name_ko,나이,'+memo"
    );
}

#[test]
fn a_mixture_gives_the_list_a_column_of_probabilities() {
    let mut results = results();
    results.columns.clear();
    let mixture = clusters::Params {
        method: clusters::Method::GaussianMixture,
        k: 2,
        ..clusters::Params::default()
    };
    let request = Request::Clusters(mixture);
    results.clusters = run(&results.dataset, request, results.as_of, &mut Unwatched).unwrap();
    let table = CustomerTable {
        silhouettes: results.clusters.silhouettes.as_deref(),
        ..results.table()
    };
    let rows = cells(&table.file(&Filter::default()).unwrap());
    assert!(rows[0].ends_with(&["cluster_probability".into(), "cluster_silhouette".into()]));
    for row in &rows[1..] {
        let [.., probability, silhouette] = &row[..] else {
            panic!("two columns");
        };
        assert!((0.5..=1.0).contains(&probability.parse::<f64>().unwrap()));
        assert!(probability.len() <= 6, "four decimals at most");
        assert!((-1.0..=1.0).contains(&silhouette.parse::<f64>().unwrap()));
    }
}

#[test]
fn no_column_of_the_file_is_in_the_list_unasked() {
    let mut results = results();
    for (columns, expected) in [
        (&[][..], "cluster_name_ko"),
        (&["나이", "not there"], "cluster_name_ko,나이"),
        (&["+memo"], "cluster_name_ko,'+memo"),
        (&["+memo", "나이"], "cluster_name_ko,나이,'+memo"),
    ] {
        results.columns = columns.iter().map(|name| (*name).to_owned()).collect();
        let rows = cells(&results.table().file(&Filter::default()).unwrap());
        assert!(rows[0].join(",").ends_with(expected), "{columns:?}");
        assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    }
}

#[test]
fn a_column_that_is_called_like_one_of_ours_gets_a_number() {
    let mut results = results();
    let values = results.dataset.attributes[0].values.clone();
    let names = ["r", "R", "recency_days", "Customer", "customer (2)", "city"];
    let attribute = |name: &str| Attribute {
        name: name.to_owned(),
        values: values.clone(),
    };
    results.dataset.attributes = names.map(attribute).to_vec();
    let heads = |results: &Results| {
        let rows = cells(&results.table().file(&Filter::default()).unwrap());
        rows[0][12..].join(",")
    };
    results.columns = names.map(str::to_owned).to_vec();
    assert_eq!(
        heads(&results),
        "r (2),R (3),recency_days (2),Customer (2),customer (2) (2),city"
    );
    results.columns = vec!["R".to_owned(), "customer (2)".to_owned()];
    assert_eq!(heads(&results), "R (3),customer (2) (2)");
}

#[test]
fn customers_are_ordered_by_id_and_their_numbers_are_plain() {
    let rows = cells(&results().table().file(&Filter::default()).unwrap());
    let ids: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        ids,
        [
            "'\tTab",
            "'+82 10",
            "'-5",
            "0017",
            "17850",
            "'=cmd|' /C calc'!A0",
            "'@sum",
            "김, \"민지\""
        ]
    );
    assert_eq!(rows[3][1..4], ["6", "3", "31.5"]);
    assert_eq!(rows[1][12], "-2.5");
    assert_eq!(rows[2][12], "");
}

#[test]
fn lines_end_as_rfc_4180_says() {
    let file = results().table().file(&Filter::default()).unwrap();
    let text = String::from_utf8(file.bytes).unwrap();
    assert!(text.ends_with("\r\n"));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    assert!(text.contains("\"김, \"\"민지\"\"\""));
}

#[test]
fn no_text_of_a_file_or_a_person_is_a_formula() {
    let mut results = results();
    let own = "=1+1".to_owned();
    let segmentation = results.rfm.segmentation.as_mut().unwrap();
    for segment in &mut segmentation.segments {
        segment.label = gyeol::analysis::Label::Own(own.clone());
    }
    let rows = cells(&results.table().file(&Filter::default()).unwrap());
    assert_eq!(rows[1][7], "'=1+1");
    assert_eq!(rows[1][13], format!("'{HOSTILE}"));
    let texts = [0, 7, 9, 10, 11, 13];
    for row in rows {
        for column in texts {
            let is_formula = row[column].starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!is_formula, "{:?}", row[column]);
        }
    }
}

#[test]
fn labels_stand_in_both_languages() {
    let rows = cells(&results().table().file(&Filter::default()).unwrap());
    for row in &rows[1..] {
        assert!(row[7].is_ascii() && !row[7].is_empty(), "{:?}", row[7]);
        assert!(!row[9].is_ascii(), "{:?}", row[9]);
        assert!(["1", "2"].contains(&row[8].as_str()));
        assert!(row[10].starts_with(&format!("Cluster {}", row[8])));
        assert!(row[11].starts_with(&format!("군집 {}", row[8])));
    }
}

#[test]
fn what_was_not_computed_leaves_its_columns_empty() {
    let results = results();
    let mut table = results.table();
    table.segmentations.truncate(1);
    let rows = cells(&table.file(&Filter::default()).unwrap());
    assert_eq!(rows[1].len(), rows[0].len());
    assert_eq!((rows[1][8].as_str(), rows[1][10].as_str()), ("", ""));
    assert!(!rows[1][7].is_empty());
}

#[test]
fn who_had_not_ordered_by_the_as_of_date_has_no_row() {
    let results = results();
    let table = CustomerTable {
        as_of: Day::from_number(99),
        ..results.table()
    };
    assert_eq!(cells(&table.file(&Filter::default()).unwrap()).len(), 1);
}

#[test]
fn a_segment_has_a_file_of_its_own() {
    let results = results();
    let all = cells(&results.table().file(&Filter::default()).unwrap());
    let mut n_rows = 0;
    for place in 0..2 {
        let segment = Filter::of((SegmentationId::Clusters, place));
        let file = results.table().file(&segment).unwrap();
        assert_eq!(file.name, format!("customers-clusters-{}.csv", place + 1));
        let rows = cells(&file);
        let number = (place + 1).to_string();
        assert!(rows[1..].iter().all(|row| row[8] == number));
        n_rows += rows.len() - 1;
    }
    assert_eq!(n_rows, all.len() - 1);
    let missing = Filter::of((SegmentationId::Rfm, 99));
    assert_eq!(results.table().file(&missing), None);
}

#[test]
fn only_who_agreed_is_in_the_file_where_that_is_asked_and_none_is_made_where_nothing_is_known() {
    let mut results = results();
    let only = Filter {
        agreed: true,
        ..Filter::default()
    };
    assert_eq!(results.table().file(&only), None);
    let mut texts = Names::default();
    let codes = ["N", "Y", "Y"].map(|answer| Some(texts.intern(answer.as_bytes())));
    let codes = codes.into_iter().chain([None]).cycle().take(IDS.len());
    let codes = codes.collect();
    results.dataset.attributes.push(Attribute {
        name: "Accepts Marketing".to_owned(),
        values: AttributeValues::Texts { texts, codes },
    });
    let all = cells(&results.table().file(&Filter::default()).unwrap());
    let file = results.table().file(&only).unwrap();
    assert_eq!(file.name, "customers-agreed.csv");
    let agreed = (1..all.len()).filter(|row| [1, 2].contains(&((row - 1) % 4)));
    let expected: Vec<_> = agreed.map(|row| all[row].clone()).collect();
    assert_eq!(&cells(&file)[1..], expected);
    let of_cluster = Filter {
        agreed: true,
        ..Filter::of((SegmentationId::Clusters, 1))
    };
    let file = results.table().file(&of_cluster).unwrap();
    assert_eq!(file.name, "customers-clusters-2-agreed.csv");
}

#[test]
fn a_selection_has_the_rows_of_the_whole_list_that_it_lets_through() {
    let results = results();
    let all = cells(&results.table().file(&Filter::default()).unwrap());
    let filter = Filter {
        search: "민".to_owned(),
        segments: [0, 1]
            .map(|place| (SegmentationId::Clusters, place))
            .to_vec(),
        scores: [Some((1, 5)), None, None],
        ..Filter::default()
    };
    let file = results.table().file(&filter).unwrap();
    assert_eq!(file.name, "customers-selection.csv");
    let rows = cells(&file);
    let is_found = |row: &&Vec<String>| row[0].contains(&filter.search);
    let expected: Vec<Vec<String>> = all[1..].iter().filter(is_found).cloned().collect();
    assert_eq!(rows[0], all[0]);
    assert!(rows[1..] == expected && !expected.is_empty());
}

#[test]
fn a_move_has_a_file_of_its_own_that_says_then_and_now() {
    let results = results();
    let settings = Settings {
        movement: movement::Params {
            earlier: Some(Day::from_number(103)),
            ..movement::Params::default()
        },
        ..Settings::default()
    };
    let request = settings.request(AnalysisId::Movement);
    let moved = run(&results.dataset, request, results.as_of, &mut Unwatched).unwrap();
    let Report::Movement(report) = &moved.report else {
        panic!("a report of another analysis");
    };
    let table = || CustomerTable {
        moves: moved.moves.as_ref(),
        ..results.table()
    };
    let (from, to, n) = report.weightiest_move().unwrap();
    let labels = (report.labels[from].clone(), report.labels[to].clone());
    let filter = Filter::of_move(movement::Move::Between(labels.0, labels.1));
    let file = table().file(&filter).unwrap();
    assert!(
        file.name.starts_with("customers-movement-"),
        "{}",
        file.name
    );
    assert!(file.name.contains("-to-"), "{}", file.name);
    let rows = cells(&file);
    assert_eq!(rows.len() as u64 - 1, n);
    let place = |name: &str| rows[0].iter().position(|head| head == name).unwrap();
    let (then, now) = (place("movement_then"), place("movement_now"));
    let names = [from, to].map(|place| Words::new(Language::En).label(&report.labels[place]));
    assert!(
        rows[1..]
            .iter()
            .all(|row| [&row[then], &row[now]] == [&names[0], &names[1]])
    );
    let left = Filter::of_move(movement::Move::Left(report.labels[from].clone()));
    let file = table().file(&left).unwrap();
    assert!(
        file.name.starts_with("customers-movement-left-"),
        "{}",
        file.name
    );
    assert!(
        results.table().file(&left).is_none(),
        "nothing has been compared"
    );
}

#[test]
fn segments_add_up_to_the_customers() {
    let results = results();
    let settings = Settings::default();
    let further = [
        AnalysisId::Lifecycle,
        AnalysisId::Value,
        AnalysisId::Rhythm,
        AnalysisId::Rules,
        AnalysisId::Movement,
    ];
    let further = further.map(|id| {
        let request = settings.request(id);
        run(&results.dataset, request, results.as_of, &mut Unwatched).unwrap()
    });
    let all = [&results.rfm, &results.clusters]
        .into_iter()
        .chain(&further);
    let all = all.filter_map(|finished| finished.report.segments());
    let rows = cells(&export::segments::file(all, true));
    assert!(
        rows[0]
            .join(",")
            .starts_with("segmentation,segment,customers,orders,revenue,")
    );
    // Eight customers are too few for a prediction or a lifetime value.
    let can_be =
        |id: &SegmentationId| !matches!(id, SegmentationId::Prediction | SegmentationId::Lifetime);
    for id in SegmentationId::ALL.into_iter().filter(can_be) {
        let own = rows.iter().filter(|row| row[0] == id.key());
        let sums = own.fold((0, 0, 0.0), |sums, row| {
            (
                sums.0 + row[2].parse::<u64>().unwrap(),
                sums.1 + row[3].parse::<u64>().unwrap(),
                sums.2 + row[4].parse::<f64>().unwrap(),
            )
        });
        assert_eq!((sums.0, sums.1), (8, 36), "{}", id.key());
        assert!((sums.2 - 378.0).abs() < 1e-9, "{}", id.key());
    }
}

#[test]
fn segments_say_what_is_counted_as_an_order() {
    let results = results();
    let params = rfm::Params {
        convention: rfm::Convention::RRfm,
        ..rfm::Params::default()
    };
    let r = run(
        &results.dataset,
        Request::Rfm(params),
        results.as_of,
        &mut Unwatched,
    )
    .unwrap();
    let of = |rfm: &Finished| {
        let (Report::Rfm(rfm), Report::Clusters(clusters)) =
            (&rfm.report, &results.clusters.report)
        else {
            panic!("reports of other analyses");
        };
        let all = [
            (SegmentationId::Rfm, rfm.segments.as_slice()),
            (SegmentationId::Clusters, clusters.segments.as_slice()),
        ];
        let rows = cells(&export::segments::file(all, true));
        assert_eq!(rows[0][13], "orders_are");
        let said = |id: SegmentationId| {
            let mut own = rows.iter().filter(|row| row[0] == id.key());
            let first = own.next().unwrap()[13].clone();
            assert!(own.all(|row| row[13] == first));
            first
        };
        [SegmentationId::Rfm, SegmentationId::Clusters].map(said)
    };
    assert_eq!(of(&results.rfm), ["orders", "orders"]);
    assert_eq!(of(&r), ["rows", "orders"]);
}

#[test]
fn reports_are_json_with_their_measures_on_top() {
    let results = results();
    let file = export::report::file(&results.clusters.report);
    assert_eq!(file.name, "clusters.json");
    let json: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    assert!(json["inertia"].is_number());
    assert!(json["silhouette"].is_number());
    let file = export::report::file(&results.rfm.report);
    assert_eq!(file.name, format!("{}.json", AnalysisId::Rfm.key()));
    let json: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    assert_eq!(json["n_customers"], 8);
}

#[test]
fn a_project_holds_settings_and_no_row() {
    let mut settings = Settings::default();
    settings.choices = settings.choices.set(Reason::Returned, false);
    let mut mapping = settings.mapping.take().unwrap_or_default();
    mapping.roles.insert(Role::Customer, "ID".to_owned());
    settings.mapping = Some(mapping);
    let file = export::project::file(&settings);
    let json: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
    let object = json.as_object().unwrap();
    let keys: Vec<&str> = object.keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "advice",
            "as_of",
            "choices",
            "clusters",
            "cohorts",
            "columns",
            "compare",
            "customers",
            "explain",
            "further",
            "kept",
            "lifecycle",
            "lifetime",
            "mapping",
            "movement",
            "prediction",
            "rfm",
            "rhythm",
            "rules",
            "schema",
            "seen",
            "stability",
            "value"
        ]
    );
    assert_eq!(export::project::read(&file.bytes), Ok(settings));
}

/// A column of texts; who is behind its end has none.
fn column(name: &str, cells: &[&str]) -> Attribute {
    let mut texts = Names::default();
    let cells = cells.iter().copied().chain(std::iter::repeat(""));
    let codes = cells.map(|cell| (!cell.is_empty()).then(|| texts.intern(cell.as_bytes())));
    let codes = codes.take(IDS.len()).collect();
    Attribute {
        name: name.to_owned(),
        values: AttributeValues::Texts { texts, codes },
    }
}

/// The lines of a file below its mark.
fn lines(file: &File) -> Vec<String> {
    let cells = cells(file).into_iter();
    cells.map(|row| row.join("|")).collect()
}

#[test]
fn a_list_for_a_tool_has_one_row_per_address_and_only_the_columns_that_it_needs() {
    let mut results = results();
    results.dataset.attributes = vec![
        column("이메일", &["b@x.kr", "B@x.kr ", "-", "", "c@x.kr"]),
        column(
            "받는분 휴대폰",
            &["+82 10-1111-2222", "", "010 1111 2222", "", ""],
        ),
        column("이름", &["김민지", "=cmd()", "", "이", "박"]),
    ];
    let table = results.table();
    let file = |filter: &Filter, purpose, by| table.contact_list(filter, purpose, by).unwrap();
    let all = Filter::default();
    // Later customers have more orders; `b@x.kr` is once in capitals.
    let ads = file(&all, Purpose::Ads, Contact::Email);
    assert_eq!(ads.name, "customers-ads.csv");
    assert_eq!(
        lines(&ads),
        ["email|phone|name", "B@x.kr||'=cmd()", "c@x.kr||박"]
    );
    let mail = file(&all, Purpose::Mail, Contact::Phone);
    assert_eq!(mail.name, "customers-mail.csv");
    let mail = lines(&mail);
    assert_eq!(mail[0], "customer|phone|name|segment|segment_ko");
    assert_eq!(mail.len(), 2, "one number in two forms");
    assert!(mail[1].contains(&format!("{}|010 1111 2222||", IDS[2])));
    assert!(!mail[1].ends_with('|'), "with the segment");
    let cluster = Filter::of((SegmentationId::Clusters, 0));
    let of_cluster = file(&cluster, Purpose::Mail, Contact::Email);
    assert!(of_cluster.name.starts_with("customers-clusters-"));
    assert!(of_cluster.name.ends_with("-mail.csv"));
    assert!(
        lines(&of_cluster)[1..]
            .iter()
            .all(|row| row.contains("Cluster 1"))
    );
    results.dataset.attributes.clear();
    let none = results
        .table()
        .contact_list(&all, Purpose::Ads, Contact::Email);
    assert!(none.is_none());
}

#[test]
fn fixed_columns_are_left_out_one_by_one_but_never_the_customer() {
    let results = results();
    let whole = cells(&results.table().file(&Filter::default()).unwrap());
    let without = ["customer", "r", "cluster_name_ko", "나이", "not there"].map(str::to_owned);
    let table = CustomerTable {
        without: &without,
        ..results.table()
    };
    let rows = cells(&table.file(&Filter::default()).unwrap());
    let is_kept = |head: &String| *head != "r" && *head != "cluster_name_ko";
    for (row, whole_row) in rows.iter().zip(&whole) {
        let kept = whole_row.iter().zip(&whole[0]);
        let kept = kept.filter(|(_, head)| is_kept(head)).map(|(cell, _)| cell);
        assert!(row.iter().eq(kept));
    }
    assert_eq!(rows.len(), whole.len());
    let heads = &whole[0][1..12];
    assert!(heads.iter().all(|head| OPTIONAL.contains(&head.as_str())));
}
