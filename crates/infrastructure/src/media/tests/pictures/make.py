"""Makes the pictures of this folder with colour profiles. Needs Pillow, with littlecms in it.

The profiles are made here, byte by byte, and are free of any rights. `extra_bytes_before_marker.jpg` and
`display_p3.jpg` are cases from elsewhere and are not made here. The script prints what littlecms makes of the CMYK
picture; the tests have these values.
"""

import io
import random
import struct

from PIL import Image, ImageCms

FIELDS = [(200, 120, 100), (60, 160, 60), (40, 80, 170), (128, 128, 128)]
SIDE = 32


def s15(number):
    return struct.pack(">i", round(number * 65536))


def xyz(values):
    return b"XYZ \0\0\0\0" + b"".join(map(s15, values))


def gamma(exponent):
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256))


def text(words):
    return b"text\0\0\0\0" + words.encode() + b"\0"


def description(words):
    return b"desc\0\0\0\0" + struct.pack(">I", len(words) + 1) + words.encode() + b"\0" + bytes(78)


def profile(space, kind, pcs, tags):
    tags = {
        "desc": description("Made for tests"),
        "cprt": text("No rights reserved"),
        "wtpt": xyz((0.9642, 1, 0.8249)),
        **tags,
    }
    at = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, tag in tags.items():
        tag += bytes(-len(tag) % 4)
        table += name.encode() + struct.pack(">II", at + len(data), len(tag))
        data += tag
    head = struct.pack(">I4sI4s4s4s12s4s", at + len(data), b"test", 0x02400000, kind, space, pcs, bytes(12), b"acsp")
    head = head.ljust(68, b"\0") + s15(0.9642) + s15(1) + s15(0.8249)
    return head.ljust(128, b"\0") + table + data


def of_primaries(red, green, blue, exponent):
    tags = {"rXYZ": xyz(red), "gXYZ": xyz(green), "bXYZ": xyz(blue)}
    tags |= {name: gamma(exponent) for name in ("rTRC", "gTRC", "bTRC")}
    return profile(b"RGB ", b"mntr", b"XYZ ", tags)


# Primaries of Adobe RGB (1998) and of Display P3, adapted to D50.
ADOBE = of_primaries((0.6097, 0.3111, 0.0195), (0.2053, 0.6257, 0.0609), (0.1492, 0.0632, 0.7446), 2.2)
P3 = of_primaries((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841), 2.2)
GREY = profile(b"GRAY", b"mntr", b"XYZ ", {"kTRC": gamma(1.4)})


def cmyk_profile():
    """Inks of a press, very roughly: each takes its share of the light away."""
    steps = 5
    light = [(0.1, 0.55, 0.85), (0.8, 0.15, 0.45), (0.95, 0.85, 0.1), (0.12, 0.11, 0.1)]
    to_lab = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), "RGB", "LAB")
    colours = []
    for point in range(steps**4):
        inks = [point // steps ** (3 - ink) % steps / (steps - 1) for ink in range(4)]
        rgb = [1.0, 1.0, 1.0]
        for share, left in zip(inks, light):
            rgb = [value * (1 - share + share * part) for value, part in zip(rgb, left)]
        colours.append(tuple(round(255 * value) for value in rgb))
    image = Image.new("RGB", (len(colours), 1))
    image.putdata(colours)
    lab = ImageCms.applyTransform(image, to_lab)
    # Pillow writes a and b from -128 on, and the table has them from 0 on.
    lab = lab.tobytes()
    table = bytes(value if place % 3 == 0 else value ^ 128 for place, value in enumerate(lab))
    straight = bytes(range(256))
    matrix = b"".join(s15(number) for number in (1, 0, 0, 0, 1, 0, 0, 0, 1))
    lut = b"mft1\0\0\0\0" + bytes((4, 3, steps, 0)) + matrix + straight * 4 + table + straight * 3
    return profile(b"CMYK", b"prtr", b"Lab ", {"A2B0": lut})


def fields(mode, colours):
    image = Image.new(mode, (2 * SIDE, 2 * SIDE))
    for number, colour in enumerate(colours):
        image.paste(colour, (number % 2 * SIDE, number // 2 * SIDE, (number % 2 + 1) * SIDE, (number // 2 + 1) * SIDE))
    return image


def converted(image, icc, mode):
    to = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    return ImageCms.profileToProfile(image, ImageCms.createProfile("sRGB"), to, outputMode=mode)


def sixteen_bits(image):
    """A PNG of 16 bits, which Pillow does not write: every sample twice."""
    import zlib

    rows = [bytes([0]) + bytes(b for sample in image.tobytes()[y * 6 * SIDE : (y + 1) * 6 * SIDE] for b in (sample, sample)) for y in range(2 * SIDE)]
    chunk = lambda name, data: struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
    head = struct.pack(">IIBBBBB", 2 * SIDE, 2 * SIDE, 16, 2, 0, 0, 0)
    icc = chunk(b"iCCP", b"test\0\0" + zlib.compress(ADOBE))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + icc + chunk(b"IDAT", zlib.compress(b"".join(rows))) + chunk(b"IEND", b"")


adobe = converted(fields("RGB", FIELDS), ADOBE, "RGB")
adobe.save("adobe_rgb.jpg", quality=95, subsampling=0, icc_profile=ADOBE)
adobe.save("adobe_rgb.png", icc_profile=ADOBE)
with open("adobe_rgb_16.png", "wb") as file:
    file.write(sixteen_bits(adobe))
p3 = converted(fields("RGB", FIELDS), P3, "RGB")
p3.save("display_p3.webp", lossless=True, icc_profile=P3)
p3.save("display_p3_lossy.webp", quality=95, icc_profile=P3)
GREYS = [30, 90, 150, 220]
of_greys = fields("RGB", [(grey, grey, grey) for grey in GREYS])
greys = converted(of_greys, GREY, "L")
greys.save("grey.jpg", quality=95, icc_profile=GREY)
greys.save("grey.png", icc_profile=GREY)
# A profile of colours on a picture of greys.
converted(of_greys, ADOBE, "RGB").convert("L").save("grey_adobe_rgb.jpg", quality=95, icc_profile=ADOBE)

cmyk = cmyk_profile()
INKS = [(200, 40, 60, 10), (30, 190, 120, 30), (20, 30, 200, 60), (90, 80, 80, 120)]
inks = fields("CMYK", INKS)
inks.save("cmyk.jpg", quality=95, icc_profile=cmyk)
seen = ImageCms.profileToProfile(inks, ImageCms.ImageCmsProfile(io.BytesIO(cmyk)), ImageCms.createProfile("sRGB"), outputMode="RGB")
print("CMYK", [seen.getpixel((x, y)) for y in (8, 40) for x in (8, 40)])

# Noise of another kind in each field, so that libwebp writes many groups of codes without loss.
noise = random.Random(1)
many = Image.new("RGB", (180, 180))
for field in range(25):
    low, spread = noise.randrange(120), noise.choice((2, 5, 12))
    tile = Image.new("RGB", (36, 36))
    tile.putdata([tuple(low + channel * 20 + noise.randrange(spread) for channel in range(3)) for _ in range(36 * 36)])
    many.paste(tile, (field % 5 * 36, field // 5 * 36))
many.save("groups.webp", lossless=True, quality=100, method=6)
clear = Image.new("RGBA", (300, 300), (255, 0, 0, 255))
clear.putalpha(Image.linear_gradient("L").rotate(90).resize((300, 300)))
clear.save("opacity.webp", quality=80, method=6)
clear.save("moving.webp", save_all=True, append_images=[fields("RGBA", FIELDS).resize((300, 300))], quality=80, method=6)
