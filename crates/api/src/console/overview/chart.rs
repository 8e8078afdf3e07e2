//! Charts of numbers by day.

use std::io;

use plotters::prelude::*;
use time::{Date, Duration};

/// The size of a chart in its own units, which the page scales.
const SIZE: (u32, u32) = (560, 150);

/// How high letters are, in the same units, and by how much the backend makes a font smaller than it is told.
const LETTERS: u32 = 12;
const SHRUNK: f64 = 1.24;

/// How many lines are told apart, by their colours and dashes: those of `assets/console.css`.
const LINES: usize = 8;

/// Colours that stand for classes: the sheet has the colours, one for a light and one for a dark page.
const AXIS: RGBColor = RGBColor(0, 0, 1);
const GRID: RGBColor = RGBColor(0, 0, 2);
const TEXT: RGBColor = RGBColor(0, 0, 3);

/// A line of a chart.
pub(super) struct Line<'a> {
    /// The number of the look, as [`look`] gives it.
    pub(super) look: usize,
    /// A number for each day, the oldest first.
    pub(super) amounts: &'a [u64],
}

/// The number of the look of the line at a place; looks come again after [`LINES`] of them.
pub(super) fn look(place: usize) -> usize {
    place % LINES + 1
}

/// Draws lines over days, of which `last` is the last one: what is inside of an `svg` of the class `chart`, whose
/// `viewBox` is `0 0 560 150`. The classes `axis`, `grid` and `line-1` to `line-8` say what is what; nothing has a
/// colour or a style of its own, which the policy of the pages forbids.
pub(super) fn draw(lines: &[Line<'_>], last: Date) -> Result<String, DrawingAreaErrorKind<io::Error>> {
    let most = lines.iter().flat_map(|line| line.amounts).copied().max().unwrap_or(0);
    let days = lines.iter().map(|line| line.amounts.len()).max().unwrap_or(0);
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
        let mut chart = ChartBuilder::on(&area)
            .margin_top(10)
            .margin_right(24)
            .x_label_area_size(24)
            .y_label_area_size(44)
            .build_cartesian_2d(before_last(days, 0)..0, 0.0..top_over(measured(most)))?;
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(TRANSPARENT)
            .bold_line_style(GRID)
            .axis_style(AXIS)
            .label_style(("sans-serif", LETTERS, &TEXT))
            .x_labels(4)
            .y_labels(3)
            .x_label_formatter(&|before| day_of(last, *before))
            .y_label_formatter(&|amount| short(*amount))
            .draw()?;
        for line in lines {
            let points = line.amounts.iter().enumerate();
            let points = points.map(|(place, amount)| (before_last(days, place), measured(*amount)));
            chart.draw_series(LineSeries::new(points, colour(line.look).stroke_width(2)))?;
        }
        area.present()?;
    }
    Ok(in_classes(&svg))
}

/// How many days before the last one the day at a place is, as a number that is not positive.
fn before_last(days: usize, place: usize) -> i32 {
    i32::try_from(days.saturating_sub(place + 1)).map_or(0, |before| -before)
}

/// The day as `11-20`.
fn day_of(last: Date, before: i32) -> String {
    let day = last.checked_add(Duration::days(before.into())).unwrap_or(last);
    format!("{:02}-{:02}", u8::from(day.month()), day.day())
}

#[expect(clippy::cast_precision_loss, reason = "a chart shows no more than its height")]
fn measured(amount: u64) -> f64 {
    amount as f64
}

/// The least of 2, 4, 10, 20, 40, 100 and so on that is not less. Its half is a whole number, too.
fn top_over(most: f64) -> f64 {
    let mut scale = 1.0;
    loop {
        for step in [2.0, 4.0, 10.0] {
            if step * scale >= most {
                return step * scale;
            }
        }
        scale *= 10.0;
    }
}

/// A number of an axis in a few letters: `400`, `20k`, `5M`.
fn short(amount: f64) -> String {
    let (mut rest, mut unit) = (amount, "");
    for next in ["k", "M", "G", "T", "P", "E"] {
        if rest < 1000.0 {
            break;
        }
        (rest, unit) = (rest / 1000.0, next);
    }
    format!("{rest:.0}{unit}")
}

fn colour(look: usize) -> RGBColor {
    RGBColor(0, 1, u8::try_from(look).unwrap_or(u8::MAX))
}

/// What is inside of the drawing, with classes in the place of colours, and without what the sheet says.
fn in_classes(svg: &str) -> String {
    let inside = svg.split_once('>').map_or("", |(_, inside)| inside);
    let inside = inside.rsplit_once("</svg>").map_or(inside, |(inside, _)| inside);
    let letters = f64::from(LETTERS) / SHRUNK;
    let mut inside = inside.replace(">\n", ">").replace("\n<", "<").replace(" \"", "\"");
    for needless in [
        " opacity=\"1\"".to_owned(),
        " stroke-width=\"1\"".to_owned(),
        " stroke-width=\"2\"".to_owned(),
        " font-family=\"sans-serif\"".to_owned(),
        format!(" font-size=\"{letters}\""),
        format!(" fill=\"{}\"", written(TEXT)),
    ] {
        inside = inside.replace(&needless, "");
    }
    let lines = (1..=LINES).map(|look| (colour(look), format!("line-{look}")));
    for (colour, class) in [(AXIS, "axis".to_owned()), (GRID, "grid".to_owned())].into_iter().chain(lines) {
        let class = format!(" class=\"{class}\"");
        inside = inside.replace(&format!(" stroke=\"{}\"", written(colour)), &class);
    }
    inside
}

/// A colour as the backend writes it.
fn written(RGBColor(red, green, blue): RGBColor) -> String {
    format!("#{red:02X}{green:02X}{blue:02X}")
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    fn drawn(amounts: &[&[u64]]) -> String {
        let lines: Vec<_> =
            amounts.iter().enumerate().map(|(place, amounts)| Line { look: look(place), amounts }).collect();
        draw(&lines, date!(2026 - 11 - 20)).unwrap()
    }

    #[test]
    fn a_chart_has_classes_and_neither_colours_nor_styles() {
        let chart = drawn(&[&[0, 3, 1], &[2, 0, 0]]);
        for part in ["class=\"axis\"", "class=\"grid\"", "class=\"line-1\"", "class=\"line-2\"", ">11-20<"] {
            assert!(chart.contains(part), "no {part} in {chart}");
        }
        for forbidden in ["#0", "style", "font", "opacity", "<svg", "</svg", "\n", "stroke"] {
            assert!(!chart.contains(forbidden), "{forbidden} in {chart}");
        }
        for tag in chart.split('<') {
            assert!(tag.matches(" class=").count() <= 1, "{tag}");
        }
    }

    #[test]
    fn the_axis_begins_at_nothing_and_ends_above_the_greatest_number() {
        for (most, labels) in [
            (1, ["0", "1", "2"]),
            (3, ["0", "2", "4"]),
            (7, ["0", "5", "10"]),
            (40, ["0", "20", "40"]),
            (41, ["0", "50", "100"]),
            (1_500_000, ["0", "1M", "2M"]),
            (i64::MAX.unsigned_abs(), ["0", "5E", "10E"]),
        ] {
            let chart = drawn(&[&[0, most]]);
            for label in labels {
                assert!(chart.contains(&format!(">{label}</text>")), "{most}: no {label} in {chart}");
            }
        }
    }

    #[test]
    fn thirty_days_are_small_and_any_number_is_drawn() {
        let amounts: Vec<u64> = (0..30).map(|day| day * 977 % 1009).collect();
        let chart = drawn(&[&amounts[..]; 5]);
        assert!(chart.len() < 4_000, "{} bytes: {chart}", chart.len());
        drawn(&[]);
        drawn(&[&[7]]);
        drawn(&[&[u64::MAX; 30], &[0; 30]]);
        let ten_lines = drawn(&[&amounts[..]; LINES + 2]);
        assert_eq!(ten_lines.matches("class=\"line-2\"").count(), 2, "looks come again: {ten_lines}");
    }
}
