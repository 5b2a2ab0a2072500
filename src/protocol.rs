//! What page and engine say to each other: two closed enums, as postcard bytes in a JavaScript array
//! `[Uint8Array, File?]`. The file travels as a handle; its content is read by the engine alone.

use serde::{Deserialize, Serialize};

use crate::analysis::compare::Comparison;
use crate::analysis::customers::{Page, Query};
use crate::analysis::one_customer::Card;
use crate::analysis::treatment::{ColumnsReport, Treatments};
use crate::analysis::{AnalysisError, Report, Request, SegmentationId};
use crate::data::{Choices, Day, Dialect, ImportError, Joined, Ledger, Mapping, Preview, Spend};
use crate::export::project::ProjectError;
use crate::export::{ExportError, File, Settings, What};
use crate::packed::{Entry, Text};

/// The build that this code belongs to: page and engine of different builds must not talk to each other.
pub const BUILD: &str = match option_env!("GYEOL_BUILD") {
    Some(build) => build,
    None => env!("CARGO_PKG_VERSION"),
};

/// The bytes of a message.
pub fn to_bytes<T: Serialize>(message: &T) -> Vec<u8> {
    // Writing to memory fails for types that postcard cannot hold, and ours it can: a test sends every message.
    postcard::to_allocvec(message).unwrap_or_default()
}

/// The message of bytes; `None` where the sender is of another build.
pub fn from_bytes<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Option<T> {
    postcard::from_bytes(bytes).ok()
}

/// The page's number for the handle of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FileNumber(pub u32);

/// A number that goes with a request and comes back with its answer; a later request has a larger one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct JobId(pub u32);

/// What the page asks.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Look at the head of the file that comes with this message.
    Open {
        /// Its number.
        file: FileNumber,
        /// The file's name.
        file_name: String,
        /// Its size in bytes.
        n_bytes: u64,
        /// How to cut it, where a person has said so.
        dialect: Option<Dialect>,
        /// Which text, where the file is an archive of several.
        entry: Option<Entry>,
    },
    /// Read whole files that were looked at.
    Import {
        /// The files with what their columns mean. Those whose rows are of the kind of the first one's become one
        /// table; the others are joined to it.
        files: Vec<(FileNumber, Mapping)>,
        /// Which rows count.
        choices: Choices,
    },
    /// Count other rows of the file that was read.
    Choose {
        /// Which rows count.
        choices: Choices,
    },
    /// Run an analysis.
    Analyze {
        /// Which one, with its parameters.
        request: Request,
        /// The as-of date; `None` is the day after the last order.
        as_of: Option<Day>,
        /// What is done about the customers' columns before.
        treatments: Treatments,
    },
    /// What the columns hold, and what is done about it.
    Columns {
        /// What is done.
        treatments: Treatments,
    },
    /// A page of the list of customers.
    List {
        /// Which page.
        query: Query,
        /// What is told is what has been computed by these.
        settings: Box<Settings>,
    },
    /// Two segmentations side by side.
    Compare {
        /// The rows.
        first: SegmentationId,
        /// The columns.
        second: SegmentationId,
    },
    /// Make a file.
    Export {
        /// Which one.
        what: What,
        /// The settings, for the project file and the as-of date.
        settings: Box<Settings>,
    },
    /// Read a project file (`bytes` are its content).
    ReadProject {
        /// JSON.
        bytes: Vec<u8>,
    },
    /// Write the made-up shop's order file.
    MakeSample {
        /// In Korean rather than English.
        korean: bool,
    },
    /// Try a request that the page's policy must refuse.
    SelfTest,
    /// One customer, by what has run.
    OneCustomer {
        /// Its id.
        customer: String,
        /// What is told is what has been computed by these.
        settings: Box<Settings>,
    },
}

/// What the engine answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker {
    /// The engine has started; messages sent before are lost.
    Ready {
        /// The build it belongs to.
        build: String,
    },
    /// How far the job is.
    Progress {
        /// The job.
        job: JobId,
        /// Steps or bytes that are done.
        done: u64,
        /// Of how many; 0 where it is unknown.
        total: u64,
        /// Rows so far, where rows are read.
        n_rows: u64,
    },
    /// The job's result.
    Done {
        /// The job.
        job: JobId,
        /// What it came to.
        answer: Answer,
    },
}

/// The result of a job, one variant for each question.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer {
    /// To `Open`.
    Previewed(Result<Box<Preview>, ImportError>),
    /// To `Open`, where the file is an archive of several texts: each is a file of its own.
    Unpacked(Vec<Text>),
    /// To `Import` and `Choose`.
    Imported(Result<Box<Imported>, ImportError>),
    /// To `Import`, where it is a further file that cannot be read.
    FileFailed {
        /// Which one.
        file: FileNumber,
        /// Why.
        error: ImportError,
    },
    /// To `Analyze`.
    Analyzed(Result<Report, AnalysisError>),
    /// To `Columns`.
    Columns(Result<Box<ColumnsReport>, ImportError>),
    /// To `List`; `None` before anything was imported.
    Listed(Option<Page>),
    /// To `Compare`; `None` where one of the two has not been computed.
    Compared(Option<Comparison>),
    /// To `Export`.
    Exported(Result<File, ExportError>),
    /// To `ReadProject`.
    ProjectRead(Result<Box<Settings>, ProjectError>),
    /// To `MakeSample`.
    SampleMade(File),
    /// To `SelfTest`: whether the forbidden request was refused.
    SelfTested {
        /// Must be true.
        was_refused: bool,
    },
    /// To `OneCustomer`; `None` where nobody with this id is a customer on the date.
    OneCustomer(Option<Box<Card>>),
}

/// What was read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Imported {
    /// The account of all rows.
    pub ledger: Ledger,
    /// The accounts of the tables that are joined to it.
    pub joined: Vec<Joined>,
    /// The accounts of tables of advertising spend.
    pub spend: Vec<Spend>,
    /// Customers with at least one row that counts.
    pub n_customers: u64,
    /// Those of them who were given back all that they had paid, where returns are taken off.
    pub n_emptied: u64,
    /// Their orders; `None` for a table of customers without them.
    pub n_orders: Option<u64>,
    /// Days of the first and last order.
    pub period: Option<(Day, Day)>,
    /// The as-of date where none is set.
    pub default_as_of: Day,
    /// The latest days with rows that count, and how many: the last day first.
    pub latest_days: Vec<(Day, u64)>,
    /// Whether there is money.
    pub has_money: bool,
    /// Whether there is recency and frequency.
    pub has_history: bool,
    /// Columns without a role, in the file's order: what a list of customers can have besides.
    pub columns: Vec<String>,
    /// Numeric columns that can be features of a clustering.
    pub numeric_columns: Vec<String>,
    /// Columns of few enough texts to be features of a clustering that takes them.
    pub text_columns: Vec<String>,
    /// Columns of texts that say what a first order was: products, categories, and those without a role.
    pub first_columns: Vec<String>,
    /// Columns that only name customers: they are offered last.
    pub naming_columns: Vec<String>,
    /// Categories of products that one can be chosen from.
    pub categories: Vec<String>,
    /// Whether a table of products says what is earned.
    pub has_margins: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::customers::Filter;
    use crate::analysis::customers::{Reach, ReachableCounts, Row, Sort};
    use crate::analysis::movement::Move;
    use crate::analysis::rfm::Change;
    use crate::analysis::{AnalysisId, Label, Rule, SegmentName, cluster_counts, clusters, rfm};
    use crate::data::FileAccount;
    use crate::data::{Column, ColumnKind, Contact, DateOrder, Money, Reason, Role};
    use crate::export::Purpose;

    /// What arrives; the engine writes its messages without their type, and that gives the same bytes.
    fn sent<T>(message: &T) -> T
    where
        T: Serialize + for<'a> Deserialize<'a>,
    {
        let bytes = to_bytes(message);
        let untyped: &dyn erased_serde::Serialize = message;
        assert_eq!(to_bytes(&untyped), bytes);
        from_bytes(&bytes).expect("the bytes hold the message")
    }

    fn query() -> Query {
        Query {
            filter: Filter {
                search: "김 1".to_owned(),
                segments: vec![(SegmentationId::Clusters, 3), (SegmentationId::Rfm, 0)],
                scores: [Some((4, 5)), None, Some((1, 10))],
                moved: Some(Move::Left(Label::Known(SegmentName::Lost))),
                agreed: true,
            },
            sort: Sort::Monetary,
            descending: true,
            offset: 1 << 40,
            limit: 50,
            reached_by: Some(Contact::Phone),
        }
    }

    fn settings() -> Box<Settings> {
        let mut settings = Settings::default();
        let roles = [(Role::Customer, "고객"), (Role::Price, "")];
        settings.mapping = Some(Mapping {
            roles: roles.map(|(role, name)| (role, name.to_owned())).into(),
            date_order: Some(DateOrder::DayMonth),
            ..Mapping::default()
        });
        settings.choices = settings.choices.set(Reason::Returned, false);
        settings.as_of = Some(Day::from_number(-1));
        let treatment = crate::analysis::treatment::Treatment {
            value: "=1".to_owned(),
            ..Default::default()
        };
        settings.columns = [("나이".to_owned(), treatment)].into();
        settings.rfm.fourth = Some(rfm::Fourth::Tenure);
        settings.rfm.map = Some(rfm::SegmentMap(vec![rfm::SegmentRule {
            name: rfm::RuleName::Known(SegmentName::Champions),
            r: (1, 5),
            f: (1, 5),
            m: (1, 5),
        }]));
        Box::new(settings)
    }

    fn exports() -> impl Iterator<Item = ToWorker> {
        let all = [
            What::all_customers(),
            What::Customers {
                filter: Filter::of((SegmentationId::Rfm, u16::MAX)),
            },
            What::Segments,
            What::Ledger,
            What::LeftOut {
                reason: Some(Reason::Ragged),
            },
            What::Report {
                analysis: AnalysisId::ClusterCounts,
            },
            What::Unmatched {
                table: 1,
                missing: crate::export::unmatched::Missing::Row,
            },
            What::Columns,
            What::Project,
            What::Cohorts,
            What::Contacts {
                filter: Filter::default(),
                purpose: Purpose::Ads,
            },
            What::History {
                customer: "=1".to_owned(),
            },
            What::Comparison,
        ];
        all.into_iter().map(|what| ToWorker::Export {
            what,
            settings: settings(),
        })
    }

    #[test]
    fn every_question_arrives_as_it_was_asked() {
        let analyze = |request| ToWorker::Analyze {
            request,
            as_of: Some(Day::from_number(15_000)),
            treatments: settings().columns,
        };
        let questions = [
            ToWorker::Open {
                file: FileNumber(7),
                file_name: "주문 <img>.csv".to_owned(),
                n_bytes: u64::MAX,
                dialect: Some(Dialect::default()),
                entry: Some(text().entry),
            },
            ToWorker::Choose {
                choices: Choices::default().set(Reason::Duplicate, true),
            },
            analyze(Request::Rfm(settings().rfm)),
            analyze(Request::Clusters(clusters::Params::default())),
            analyze(Request::ClusterCounts(cluster_counts::Params::default())),
            ToWorker::List {
                query: query(),
                settings: settings(),
            },
            ToWorker::Compare {
                first: SegmentationId::Rfm,
                second: SegmentationId::Clusters,
            },
            ToWorker::ReadProject {
                bytes: vec![0, 255],
            },
            ToWorker::MakeSample { korean: true },
            ToWorker::SelfTest,
            ToWorker::OneCustomer {
                customer: "고객 1".to_owned(),
                settings: settings(),
            },
        ];
        let questions = questions.into_iter().chain(exports());
        for (number, question) in questions.enumerate() {
            let letter = (JobId(number as u32), question);
            assert_eq!(sent(&letter), letter);
        }
    }

    #[test]
    fn what_is_done_about_columns_arrives() {
        let treatments = settings().columns;
        let question = ToWorker::Columns { treatments };
        assert_eq!(sent(&question), question);
    }

    #[test]
    fn several_files_arrive_in_one_question() {
        let mapping = settings().mapping.unwrap();
        let files = vec![
            (FileNumber(1), mapping),
            (FileNumber(u32::MAX), Mapping::default()),
        ];
        let question = ToWorker::Import {
            files,
            choices: Choices::default(),
        };
        assert_eq!(sent(&question), question);
    }

    fn preview() -> Preview {
        Preview {
            file_name: "a".to_owned(),
            n_bytes: 1,
            n_rows_seen: 2,
            n_bytes_seen: 9,
            n_mended: 1,
            is_whole_file: false,
            columns: vec![Column {
                header: "price (2)".to_owned(),
                kind: ColumnKind::Date,
                n_filled: 3,
                n_numbers: 4,
                n_dates: 5,
                has_ambiguous_dates: true,
                date_order: None,
                date_numbers: None,
                days: Some((Day::from_number(-1), Day::from_number(7))),
                n_distinct: 6,
                failures: vec![(7, "x".to_owned())],
                cancelled: vec![("환불".to_owned(), 8)],
            }],
            rows: vec![vec!["\0".to_owned(), String::new()]],
            customer_column: Some("price (2)".to_owned()),
            spend: Some([(Role::Amount, "비용".to_owned())].into()),
            events: Some([(Role::Category, "event".to_owned())].into()),
            products: Some([(Role::UnitCost, "원가".to_owned())].into()),
            order_totals: vec!["총액".to_owned()],
            guess: Mapping::default(),
        }
    }

    /// A text as the directory of an archive tells of it.
    fn text() -> Text {
        let name = "2024/주문.csv";
        let mut directory = b"PK\x01\x02\0\0\0\0\0\0\x08\0".to_vec();
        directory.resize(28, 7);
        directory.extend_from_slice(&(name.len() as u16).to_le_bytes());
        directory.resize(46, 0);
        directory.extend_from_slice(name.as_bytes());
        let texts = crate::packed::texts_of(&directory, crate::decode::decoder);
        texts.unwrap().remove(0)
    }

    fn columns() -> ColumnsReport {
        use crate::analysis::treatment::{CustomerColumn, Done, Treatment};
        use crate::data::{ColumnType, Distinct, Far, Oddity, Quartiles, Survey, SurveyedColumn};
        let points = [-1.0, 0.1, 0.2, 0.3, 1e300];
        ColumnsReport {
            survey: Survey {
                n_rows: 3,
                n_blank: 1,
                columns: vec![SurveyedColumn {
                    header: "나이".to_owned(),
                    role: Some(Role::Price),
                    kind: ColumnType::Money,
                    n_missing: 1,
                    n_unread: 1,
                    n_read: 1,
                    distinct: Distinct::MoreThan(65_536),
                    n_most_frequent: None,
                    examples: vec![("서울".to_owned(), 2)],
                    range: Some(Quartiles {
                        points,
                        is_exact: false,
                    }),
                    far: Some(Far {
                        fences: (-0.5, 0.9),
                        n_below: 1,
                        n_above: 2,
                    }),
                    bars: vec![0, 3],
                    oddities: vec![Oddity::Sentinel {
                        value: -99.0,
                        n_rows: 4,
                    }],
                }],
            },
            customer_columns: vec![CustomerColumn {
                name: "나이".to_owned(),
                is_numeric: true,
                n_missing: 1,
                n_known: 2,
                range: Some(points),
                n_far: 1,
                median: Some(0.2),
                mode: Some(String::new()),
                treatment: Treatment::default(),
                done: Done::default(),
            }],
            n_customers: 3,
            n_set_aside: 0,
        }
    }

    fn page() -> Page {
        Page {
            query: query(),
            n_matching: 1,
            n_customers: 2,
            n_set_aside: 1,
            reach: Box::new(Reach {
                consent: vec!["수신동의".to_owned()],
                n_agreed: 1,
                names: vec!["이름".to_owned()],
                reachable: Some(ReachableCounts {
                    by: Contact::Phone,
                    n_left: 1,
                    n_without: u64::MAX,
                    n_repeated: 0,
                }),
                ..Reach::default()
            }),
            rows: vec![Row {
                customer: "0017".to_owned(),
                recency_days: Some(-1),
                frequency: None,
                monetary: Some(Money::new(i128::MAX, 18)),
                scores: Some((1, 2, 3)),
                weighted: Some(2.25),
                labels: vec![
                    None,
                    Some(Label::Cluster {
                        number: 1,
                        suggestion: Some(SegmentName::Lost),
                        standing: None,
                    }),
                    Some(Label::Own("우리 고객".to_owned())),
                ],
                p_alive: Some(0.5),
                clv: Some(12.5),
                probability: Some(0.5),
                moved: [None, Some(Label::Known(SegmentName::Lost))],
                silhouette: Some(-0.25),
                fourth: Some(rfm::FourthScore {
                    of: rfm::Fourth::Interpurchase,
                    known: Some((12.5, 4)),
                }),
                change: Some(Change {
                    without_orders: Some((12, Label::Known(SegmentName::Lost))),
                    with_orders: None,
                }),
            }],
        }
    }

    fn imported() -> Imported {
        Imported {
            ledger: Ledger {
                files: vec![FileAccount {
                    name: "a".to_owned(),
                    n_rows: 1,
                    n_overlapping: 1,
                    ..FileAccount::default()
                }],
                n_split_orders: 0,
                n_further_lines: 0,
                n_rounded: 0,
                n_rows: 1,
                money: Money::new(-15, 1),
                returns: crate::data::Returned {
                    n_rows: 1,
                    money: Money::new(-15, 1),
                    n_late_rows: 1,
                    late_money: Money::new(-15, 1),
                },
                buckets: vec![crate::data::Bucket {
                    reason: Some(Reason::NoDate),
                    n_rows: 1,
                    money: Money::ZERO,
                    first_lines: vec![2],
                    first_files: vec![0],
                    n_rows_with_reason: 3,
                    n_rows_counted: 2,
                }],
                choices: Choices::default(),
            },
            joined: Vec::new(),
            spend: Vec::new(),
            n_emptied: 1,
            n_customers: 1,
            n_orders: None,
            period: Some((Day::from_number(0), Day::from_number(1))),
            default_as_of: Day::from_number(2),
            latest_days: vec![(Day::from_number(1), 1)],
            has_money: true,
            has_history: false,
            columns: vec!["이름".to_owned(), "나이".to_owned()],
            numeric_columns: vec!["나이".to_owned()],
            text_columns: vec!["지역".to_owned()],
            first_columns: vec!["상품".to_owned()],
            naming_columns: vec!["이름".to_owned()],
            categories: vec!["차".to_owned()],
            has_margins: true,
        }
    }

    #[test]
    fn every_answer_arrives_as_it_was_given() {
        let param = AnalysisError::Param {
            field: "k".to_owned(),
            rule: Rule::Between(2.0, 10.0),
        };
        let file = File {
            name: "a.csv".to_owned(),
            mime: crate::export::CSV.to_owned(),
            bytes: vec![0xEF, 0xBB, 0xBF],
        };
        let answers = [
            Answer::Previewed(Ok(Box::new(preview()))),
            Answer::Previewed(Err(ImportError::MissingRole(Role::Customer))),
            Answer::Unpacked(vec![text()]),
            Answer::Imported(Ok(Box::new(imported()))),
            Answer::Imported(Err(ImportError::Unreadable { after: 1 << 33 })),
            Answer::FileFailed {
                file: FileNumber(2),
                error: ImportError::OtherColumns { n_expected: 8 },
            },
            Answer::Analyzed(Err(param)),
            Answer::Columns(Ok(Box::new(columns()))),
            Answer::Listed(Some(page())),
            Answer::Listed(None),
            Answer::Compared(Some(Comparison {
                of: crate::analysis::compare::Params::default(),
                rows: vec![Label::Known(SegmentName::Others)],
                columns: vec![Label::Own(String::new())],
                counts: vec![3],
                adjusted_rand: -0.25,
                variation_of_information: 0.5,
                differ: vec![crate::analysis::compare::Differing {
                    row: 0,
                    column: 0,
                    n_customers: 3,
                }],
            })),
            Answer::Compared(None),
            Answer::Exported(Ok(file.clone())),
            Answer::Exported(Err(ExportError::Source(ImportError::Empty))),
            Answer::ProjectRead(Ok(settings())),
            Answer::ProjectRead(Err(ProjectError::Newer { schema: 99 })),
            Answer::SampleMade(file),
            Answer::SelfTested { was_refused: true },
        ];
        for answer in answers {
            let job = JobId(u32::MAX);
            let message = FromWorker::Done { job, answer };
            assert_eq!(sent(&message), message);
        }
    }

    #[test]
    fn reports_arrive_as_they_were_made() {
        let dataset = crate::analysis::testing::orders(&[
            ("a", 1, 100),
            ("a", 9, 250),
            ("b", 2, 300),
            ("c", 5, 10),
            ("d", 7, 9_999),
        ]);
        let clusters = clusters::Params {
            k: 2,
            ..clusters::Params::default()
        };
        for request in [
            Request::Rfm(rfm::Params::default()),
            Request::Clusters(clusters.clone()),
            Request::ClusterCounts(cluster_counts::Params { clusters }),
        ] {
            let as_of = dataset.default_as_of();
            let finished =
                crate::analysis::run(&dataset, request, as_of, &mut crate::analysis::Unwatched);
            let answer = Answer::Analyzed(Ok(finished.unwrap().report));
            assert_eq!(sent(&answer), answer);
        }
    }

    #[test]
    fn the_state_of_the_engine_arrives() {
        for message in [
            FromWorker::Ready {
                build: BUILD.to_owned(),
            },
            FromWorker::Progress {
                job: JobId(1),
                done: 2,
                total: 0,
                n_rows: 3,
            },
        ] {
            assert_eq!(sent(&message), message);
        }
    }

    #[test]
    fn bytes_of_another_build_are_no_message() {
        for bytes in [&[][..], &[255], &[3, 0]] {
            assert_eq!(from_bytes::<FromWorker>(bytes), None);
        }
    }
}
