//! A link as a QR code: one shape for an SVG, drawn by the builder and by the caregivers' page alike.

use fast_qr::{ECL, QRBuilder};

/// How many light modules stand around the code, as its standard asks.
const QUIET: usize = 4;

/// A QR code as one shape. A module, the smallest square, is one unit wide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    /// How wide and how high it is, the light border included.
    pub size: usize,
    /// The path of all dark modules.
    pub path: String,
}

impl QrCode {
    /// The code of a link; none if it is too long for one. It can be read with a seventh of it covered.
    pub fn of(link: &str) -> Option<Self> {
        let code = QRBuilder::new(link).ecl(ECL::M).build().ok()?;
        let mut path = String::new();
        for row in 0..code.size {
            let mut column = 0;
            while column < code.size {
                let width = (column..code.size).take_while(|at| code[row][*at].value()).count();
                if width > 0 {
                    let numbers = [column + QUIET, row + QUIET, width, width].map(|number| number.to_string());
                    let [x, y, right, left] = &numbers;
                    path += &["M", x, " ", y, "h", right, "v1h-", left, "z"].concat();
                }
                column += width.max(1);
            }
        }
        Some(Self { size: code.size + 2 * QUIET, path })
    }

    /// The value of the SVG's `viewBox`.
    pub fn view_box(&self) -> String {
        let size = self.size.to_string();
        ["0 0 ", &size, " ", &size].concat()
    }
}
