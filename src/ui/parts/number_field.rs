//! A field for a whole number within bounds. It applies when it is left or Enter is pressed, never while typing.

use crate::analysis::{AnalysisError, Rule};
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A labelled number field with its hint and its error beside it.
#[component]
pub fn NumberField(
    /// The name of the setting, as in settings: `k`, `groups`. Also the field's id.
    field: &'static str,
    /// The label.
    label: &'static str,
    /// What may be entered, in words.
    hint: &'static str,
    /// The value in use.
    #[prop(into)]
    value: Signal<u64>,
    /// Lowest and highest allowed.
    bounds: (u64, u64),
    /// Why the engine did not take the value.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// A new value within the bounds.
    on_commit: Callback<u64>,
) -> impl IntoView {
    let words = Workspace::expect().words_now();
    let typed_problem = RwSignal::new(None::<String>);
    let commit = move |text: String| match text.trim().parse() {
        Ok(number) if (bounds.0..=bounds.1).contains(&number) => {
            typed_problem.set(None);
            on_commit.run(number);
        }
        _ => {
            let rule = Rule::Between(bounds.0 as f64, bounds.1 as f64);
            let error = AnalysisError::Param {
                field: field.to_owned(),
                rule,
            };
            typed_problem.set(Some(words.analysis_error(&error)));
        }
    };
    let shown = move || typed_problem.get().or_else(|| problem.get());
    let is_wrong = move || shown().map(|_| "true");
    view! {
        <div class="field">
            <label for=field>{label}</label>
            <input
                type="number"
                id=field
                min=bounds.0.to_string()
                max=bounds.1.to_string()
                prop:value=move || value.get().to_string()
                aria-describedby=format!("{field}-hint {field}-problem")
                aria-invalid=is_wrong
                on:change=move |event| commit(event_target_value(&event))
            />
            <p class="hint" id=format!("{field}-hint")>{hint}</p>
            <p class="field-problem" id=format!("{field}-problem") role="alert">{shown}</p>
        </div>
    }
    .into_any()
}
