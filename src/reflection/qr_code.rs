//! QR codes as SVG paths, for the builder and for the caregivers' page.

use fast_qr::{ECL, QRBuilder};

/// The width of the quiet zone around the code, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// A QR code as an SVG path. One module, the smallest square of the code, is one unit wide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QrCode {
    /// The width and height in modules, including the quiet zone.
    pub size: usize,
    /// The path data of all dark modules.
    pub path: String,
}

impl QrCode {
    /// Encodes a link with error correction level M, which recovers about 15 % of damage. Returns `None` if the link is
    /// too long for a QR code.
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

    /// Returns the value of the `viewBox` attribute.
    pub fn view_box(&self) -> String {
        let size = self.size.to_string();
        ["0 0 ", &size, " ", &size].concat()
    }
}
