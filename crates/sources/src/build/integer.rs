//! Whole numbers.

use super::Build;
use crate::map::Field;
use crate::row::plain;

impl Build<'_> {
    /// A whole number. A fraction is cut off, and a number beyond 64 bits becomes the nearest within; both are told.
    pub(super) fn integer(&mut self, name: &str, field: Option<&Field>) -> Result<Option<i64>, String> {
        let Some(Field(field)) = field else { return Ok(None) };
        let Some(value) = self.values(name, field)?.into_iter().next() else { return Ok(None) };
        let no_number = || format!("{name} is no number");
        let text = plain(&value).ok_or_else(no_number)?;
        if let Ok(number) = text.trim().parse::<i64>() {
            return Ok(Some(number));
        }
        let number: f64 = text.trim().parse().map_err(|_error| no_number())?;
        if !number.is_finite() {
            return Err(no_number());
        }
        if number.abs() >= 9_223_372_036_854_775_808.0 {
            let most = if number > 0.0 { i64::MAX } else { i64::MIN };
            self.notes.add(&format!("{name} beyond 64 bits"), 1, &format!("become {most}"));
            return Ok(Some(most));
        }
        if number.fract() != 0.0 {
            self.notes.add(&format!("{name} with a fraction"), 1, "come without it");
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "it is within 64 bits, and the fraction is told of"
        )]
        Ok(Some(number as i64))
    }
}
