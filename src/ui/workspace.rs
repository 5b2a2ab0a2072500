//! What every component shares: the session, the language, the theme and the way to say that something happened.

use crate::charts::Theme;
use crate::data::{Currency, Mapping};
use crate::export::Settings;
use crate::session::{Event, Session, View};
use crate::text::{Language, Words};
use crate::ui::dom::prelude::*;

/// The shared state, cheap to copy, provided as context by the root.
#[derive(Clone, Copy)]
pub struct Workspace {
    /// The application's state.
    pub session: RwSignal<Session>,
    /// The language of the interface.
    pub language: RwSignal<Language>,
    /// Light or dark.
    pub theme: RwSignal<Theme>,
    /// The view that the address names.
    pub view: RwSignal<View>,
    /// What the amounts of the results are in.
    currency: Memo<Option<Currency>>,
    /// Whether a file is held over the window.
    pub is_dragging: RwSignal<bool>,
    send: StoredValue<Box<dyn Fn(Event) + Send + Sync>>,
}

impl Workspace {
    /// A workspace whose events go to `send`.
    pub fn new(session: RwSignal<Session>, send: impl Fn(Event) + Send + Sync + 'static) -> Self {
        Self {
            session,
            language: RwSignal::new(Language::default()),
            theme: RwSignal::new(Theme::default()),
            view: RwSignal::new(View::default()),
            currency: Memo::new(move |_| {
                session.with(|session| session.settings.mapping.as_ref()?.currency)
            }),
            is_dragging: RwSignal::new(false),
            send: StoredValue::new(Box::new(send)),
        }
    }

    /// The workspace of the surrounding component.
    pub fn expect() -> Self {
        expect_context::<Self>()
    }

    /// Says that something happened.
    pub fn send(self, event: Event) {
        self.send.with_value(|send| send(event));
    }

    /// The words of the language; tracked.
    pub fn words(self) -> Words {
        Words::new(self.language.get()).with_currency(self.currency.get())
    }

    /// The words of the language as it is now; for parts of views that are built anew when it changes.
    pub fn words_now(self) -> Words {
        Words::new(self.language.get_untracked()).with_currency(self.currency.get_untracked())
    }

    /// Changes the settings and says so.
    pub fn change_settings(self, edit: impl FnOnce(&mut Settings)) {
        let mut settings = self
            .session
            .with_untracked(|session| session.settings.clone());
        edit(&mut settings);
        self.send(Event::SettingsChanged(Box::new(settings)));
    }

    /// Changes the mapping that is being edited and says so.
    pub fn change_mapping(self, edit: impl FnOnce(&mut Mapping)) {
        let mut mapping = self
            .session
            .with_untracked(|session| session.mapping.clone());
        edit(&mut mapping);
        self.send(Event::MappingChanged(mapping));
    }

    /// A slice of the session that changes only when its value does.
    pub fn read<T: PartialEq + Send + Sync + 'static>(
        self,
        slice: impl Fn(&Session) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| {
            let mut value = None;
            self.look(&mut |session| value = Some(slice(session)));
            value.expect("the session is there as long as the page")
        })
    }

    /// The way to the session, in one place instead of in each of a hundred slices.
    fn look(self, look: &mut dyn FnMut(&Session)) {
        self.session.with(look);
    }
}
