//! A field for a number with decimals within bounds. It applies when it is left or Enter is pressed. The browser reads
//! the number.

use web_sys::HtmlInputElement;

use crate::analysis::{AnalysisError, Rule};
use crate::ui::Workspace;
use crate::ui::dom::prelude::*;

/// A labelled number field with its hint and its error beside it.
#[component]
pub fn DecimalField(
    /// The name of the setting, as in settings: `eps`. Also the field's id.
    field: &'static str,
    /// The label.
    label: &'static str,
    /// What may be entered, in words.
    hint: &'static str,
    /// The value in use.
    #[prop(into)]
    value: Signal<f64>,
    /// Lowest and highest allowed.
    bounds: (f64, f64),
    /// Why the engine did not take the value.
    #[prop(into)]
    problem: Signal<Option<String>>,
    /// A new value within the bounds.
    on_commit: Callback<f64>,
) -> impl IntoView {
    let words = Workspace::expect().words_now();
    let typed_problem = RwSignal::new(None::<String>);
    let commit = move |number: f64| {
        // No number is none within the bounds.
        if (bounds.0..=bounds.1).contains(&number) {
            typed_problem.set(None);
            on_commit.run(number);
            return;
        }
        let error = AnalysisError::Param {
            field: field.to_owned(),
            rule: Rule::Between(bounds.0, bounds.1),
        };
        typed_problem.set(Some(words.analysis_error(&error)));
    };
    let shown = move || typed_problem.get().or_else(|| problem.get());
    let is_wrong = move || shown().map(|_| "true");
    view! {
        <div class="field">
            <label for=field>{label}</label>
            <input
                type="number"
                step="any"
                id=field
                prop:value=move || value.get().to_string()
                aria-describedby=format!("{field}-hint {field}-problem")
                aria-invalid=is_wrong
                on:change=move |event| commit(event_target::<HtmlInputElement>(&event).value_as_number())
            />
            <p class="hint" id=format!("{field}-hint")>{hint}</p>
            <p class="field-problem" id=format!("{field}-problem") role="alert">{shown}</p>
        </div>
    }
    .into_any()
}
