//! A session with an engine that answers what it is told to.

use gyeol::analysis::customers::Page;
use gyeol::export::File;
use gyeol::export::project::ProjectError;
use gyeol::protocol::{Answer, FromWorker, JobId, ToWorker};
use gyeol::session::{Command, Event, FileNumber, Notice, OpenFile, Session, View};

use crate::fixtures;
use crate::fixtures::{imported, preview, report};

/// A session with an engine that answers what it is told to.
#[derive(Default)]
pub(crate) struct App {
    pub(crate) session: Session,
    pub(crate) last: Option<(JobId, ToWorker, Option<FileNumber>)>,
    pub(crate) n_restarts: usize,
    pub(crate) others: Vec<Command>,
}

impl App {
    pub(crate) fn send(&mut self, event: Event) -> &mut Self {
        for command in self.session.update(event) {
            match command {
                Command::Post { job, message, file } => {
                    assert!(self.last.is_none(), "two jobs in flight: {message:?}");
                    self.last = Some((job, message, file));
                }
                Command::Restart => {
                    self.last = None;
                    self.n_restarts += 1;
                }
                other => self.others.push(other),
            }
        }
        self
    }

    pub(crate) fn hear(&mut self, message: FromWorker) -> &mut Self {
        self.send(Event::Heard(Box::new(message)))
    }

    pub(crate) fn answer(&mut self, answer: Answer) -> &mut Self {
        let (job, ..) = self.last.take().expect("no job in flight");
        self.hear(FromWorker::Done { job, answer })
    }

    pub(crate) fn die(&mut self) -> &mut Self {
        self.last = None;
        self.send(Event::EngineDied)
    }

    /// The question in flight, as one word.
    pub(crate) fn asked(&self) -> &'static str {
        match self.last.as_ref().map(|(_, message, _)| message) {
            None => "nothing",
            Some(ToWorker::Open { .. }) => "open",
            Some(ToWorker::Import { .. }) => "import",
            Some(ToWorker::Choose { .. }) => "choose",
            Some(ToWorker::Analyze { request, .. }) => request.id().key(),
            Some(ToWorker::Columns { .. }) => "columns",
            Some(ToWorker::List { .. }) => "list",
            Some(ToWorker::Compare { .. }) => "compare",
            Some(ToWorker::Export { .. }) => "export",
            Some(ToWorker::ReadProject { .. }) => "project",
            Some(ToWorker::MakeSample { .. }) => "sample",
            Some(ToWorker::SelfTest) => "self-test",
            Some(ToWorker::OneCustomer { .. }) => "card",
        }
    }

    /// Answers everything with success until nothing is in flight, and says what was asked.
    pub(crate) fn settle(&mut self) -> Vec<&'static str> {
        let mut asked = Vec::new();
        while self.last.is_some() {
            asked.push(self.asked());
            let (_, message, _) = self.last.clone().unwrap();
            self.answer(success(message));
        }
        asked
    }

    /// Answers the looks at files until something else is in flight, and says how many there were.
    pub(crate) fn settle_opens(&mut self) -> usize {
        let mut n_opens = 0;
        while self.asked() == "open" {
            let (_, message, _) = self.last.clone().unwrap();
            self.answer(success(message));
            n_opens += 1;
        }
        n_opens
    }

    pub(crate) fn choose(&mut self, name: &str) -> &mut Self {
        self.choose_all(&[name])
    }

    pub(crate) fn choose_all(&mut self, names: &[&str]) -> &mut Self {
        let file = |name: &&str| OpenFile {
            name: (*name).to_owned(),
            n_bytes: 100,
        };
        self.send(Event::FilesChosen(names.iter().map(file).collect()))
    }

    pub(crate) fn in_mapping() -> Self {
        let mut app = Self::default();
        app.choose("one.csv");
        app.settle();
        app
    }

    pub(crate) fn in_ready(view: View) -> Self {
        let mut app = Self::in_mapping();
        app.send(Event::ViewShown(view))
            .send(Event::ImportConfirmed);
        app.settle();
        app.others.clear();
        app
    }

    pub(crate) fn notices(&self) -> &[Notice] {
        &self.session.notices
    }
}

pub(crate) fn success(message: ToWorker) -> Answer {
    match message {
        ToWorker::Open { dialect, .. } => {
            let mut preview = preview(&["id", "day", "money"]);
            preview.guess.dialect = dialect.unwrap_or_default();
            Answer::Previewed(Ok(Box::new(preview)))
        }
        ToWorker::Import { choices, .. } | ToWorker::Choose { choices } => {
            Answer::Imported(Ok(Box::new(imported(choices))))
        }
        ToWorker::Analyze { request, .. } => Answer::Analyzed(Ok(report(request))),
        ToWorker::Columns { .. } => Answer::Columns(Ok(Box::new(fixtures::columns()))),
        ToWorker::List { query, .. } => Answer::Listed(Some(Page {
            query,
            n_matching: 0,
            n_customers: 0,
            n_set_aside: 0,
            reach: Box::default(),
            rows: Vec::new(),
        })),
        ToWorker::Compare { .. } => Answer::Compared(Some(fixtures::comparison())),
        ToWorker::Export { .. } => Answer::Exported(Ok(file("customers.csv"))),
        ToWorker::ReadProject { .. } => Answer::ProjectRead(Err(ProjectError::NotAProject)),
        ToWorker::MakeSample { .. } => Answer::SampleMade(file("shop.csv")),
        ToWorker::SelfTest => Answer::SelfTested { was_refused: true },
        ToWorker::OneCustomer { customer, .. } => {
            Answer::OneCustomer(fixtures::card(&customer).map(Box::new))
        }
    }
}

pub(crate) fn file(name: &str) -> File {
    File {
        name: name.to_owned(),
        mime: String::new(),
        bytes: vec![1],
    }
}

pub(crate) fn unreadable() -> gyeol::data::ImportError {
    gyeol::data::ImportError::Unreadable { after: 9 }
}
