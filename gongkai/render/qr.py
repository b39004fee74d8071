"""An address → its QR code for paper, as inline SVG. Start with `drawn`."""

from __future__ import annotations

import re

from zxingcpp import BarcodeFormat, create_barcode

_BORDER = 2
"""Light modules around the code. The paper around it adds what the standard (ISO/IEC 18004) asks for, which is four."""

_DARK = re.compile(rb"\x00+")


def drawn(address: str) -> str:
    """A code that can be read with 15 % of it missing (level M); each stretch of dark modules is a stroke."""
    code = create_barcode(address, BarcodeFormat.QRCode, ec_level="M")
    modules = code.to_image(scale=1, add_quiet_zones=False)
    side, dots = modules.shape[0], bytes(modules)  # type: ignore[call-overload] # a buffer, of which its stub is silent
    strokes, x, y = [], 0, 0
    for row in range(side):
        for dark in _DARK.finditer(dots, row * side, (row + 1) * side):
            start, length = dark.start() - row * side, dark.end() - dark.start()
            strokes.append(f"m{start - x} {row - y}h{length}" if row != y else f"m{start - x} 0h{length}")
            x, y = start + length, row
    size = side + 2 * _BORDER
    path = f"M{_BORDER} {_BORDER}.5{''.join(strokes)}"
    return f'<svg viewBox="0 0 {size} {size}"><path stroke="#000" d="{path}"/></svg>'
