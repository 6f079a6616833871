"""Sounds and films as telephones, browsers and programs write them; each maker writes one file."""

import os
import struct
from collections.abc import Callable, Iterable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np

PLACE = "+51.5074-000.1278/"
"""Where every film says that it was taken, and no copy may."""
_TENTHS = 20
"""Tenths of a second that each recording lasts."""

Maker = Callable[[Path], None]


def _view(number: int, size: tuple[int, int], form: str) -> av.VideoFrame:
    pixels = np.zeros((size[1], size[0], 3), np.uint8)
    pixels[: size[1] // 2], pixels[size[1] // 2 :] = (220, number * 5 % 200, 0), (0, 0, 220)
    return av.VideoFrame.from_ndarray(pixels, "rgb24").reformat(format=form)


def _tone(number: int, rate: int, layout: str) -> av.AudioFrame:
    times = np.arange(number * rate // 10, (number + 1) * rate // 10) / rate
    heard = (np.sin(2764 * times) * 12_000).astype(np.int16)
    channels = 2 if layout == "stereo" else 1
    frame = av.AudioFrame.from_ndarray(heard.repeat(channels).reshape(1, -1), "s16", layout)
    frame.sample_rate, frame.pts, frame.time_base = rate, number * rate // 10, Fraction(1, rate)
    return frame


def recording(
    form: str,
    *,
    film: str = "",
    sound: str = "",
    size: tuple[int, int] = (160, 120),
    rate: int = 48_000,
    layout: str = "mono",
    pixels: str = "yuv420p",
    tag: str = "",
    times: Iterable[int] = range(0, _TENTHS * 100, 100),
    options: dict[str, str] | None = None,
) -> Maker:
    """Two seconds of sound, film or both; `times` are those of the pictures, in thousandths of a second."""

    def make(path: Path) -> None:
        with av.open(str(path), "w", format=form, options=options or {}) as output:
            output.metadata["location"] = output.metadata["title"] = PLACE
            pictures: Any = output.add_stream(film, rate=25 if form == "mpegts" else 10) if film else None
            if pictures:
                pictures.width, pictures.height, pictures.pix_fmt = *size, pixels
                pictures.codec_context.time_base = Fraction(1, 1000) if film != "h263" else Fraction(1, 10)
                if tag:
                    pictures.codec_context.codec_tag = tag
            voice: Any = output.add_stream(sound, rate=rate, layout=layout) if sound else None
            if voice and sound == "wmav2":
                voice.bit_rate = 128_000
            if voice and sound == "vorbis":
                voice.codec_context.options = {"strict": "-2"}
            for at in times if pictures else ():
                frame = _view(at // 100, size, pixels)
                frame.time_base = pictures.codec_context.time_base
                frame.pts = int(Fraction(at, 1000) / frame.time_base)
                output.mux(pictures.encode(frame))
            for number in range(_TENTHS) if voice else ():
                output.mux(voice.encode(_tone(number, rate, layout)))
            for stream in filter(None, (pictures, voice)):
                output.mux(stream.encode(None))

    return make


_MATRICES = {
    90: (0, 1, 0, -1, 0, 0, 120, 0),
    180: (-1, 0, 0, 0, -1, 0, 160, 120),
    270: (0, -1, 0, 1, 0, 0, 0, 160),
}
"""Columns of the matrix in a track's header by how the telephone was held (ISO/IEC 14496-12 §8.3.2)."""


def _turned(degrees: int, film: str) -> Maker:
    """A film that its header turns by so many degrees to the right."""

    def make(path: Path) -> None:
        recording("mov", film=film, sound="aac")(path)
        content = bytearray(path.read_bytes())
        at = content.index(b"tkhd") + 44
        content[at : at + 36] = struct.pack(">9i", *(value << 16 for value in _MATRICES[degrees]), 1 << 30)
        path.write_bytes(content)

    return make


def _unknown(made: Maker, *names: bytes) -> Maker:
    """The same recording with a track of a kind that nobody here can decode: these names in it are not understood."""

    def make(path: Path) -> None:
        made(path)
        content = path.read_bytes()
        for name in names:
            content = content.replace(name, b"xyz1")
        path.write_bytes(content)

    return make


def _apart(made: Maker) -> Maker:
    """The same, made by a process of its own.

    SVT-AV1 gives whoever uses it as root the first claim on the processors (SCHED_FIFO), and all its children: a whole
    machine would wait for one test.
    """

    def make(path: Path) -> None:
        child = os.fork()
        if not child:
            try:
                made(path)
                os._exit(0)
            finally:
                os._exit(1)
        assert os.waitpid(child, 0)[1] == 0

    return make


def _cut(made: Maker) -> Maker:
    def make(path: Path) -> None:
        made(path)
        path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])

    return make


def _wide_band(path: Path) -> None:
    """Two seconds of silence (RFC 4867 §5.3): frames of 6.6 kbit/s; there is no coder of it here, so that bytes are."""
    path.write_bytes(b"#!AMR-WB\n" + (b"\x04" + bytes(17)) * 100)


def _dictation(path: Path) -> None:
    path.write_bytes(b"\x02dss" + bytes(4000))


def _large(path: Path) -> None:
    """One picture wider than what is prepared at all."""
    recording("matroska", film="mjpeg", size=(8200, 16), pixels="yuvj420p", times=(0, 100))(path)


_UNEVEN = (0, 33, 66, 300, 316, 333, 900, 1000, 1017, 1400, 1401, 1900)
_FRAGMENTS = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
_LIVE = {"live": "1"}
_H264, _HEVC = "libx264", "libx265"
MADE: dict[str, Maker] = {
    "film_h264_mov": recording("mov", film=_H264, sound="aac"),
    "film_h264_mp4": recording("mp4", film=_H264, sound="aac"),
    "film_hevc_mov": recording("mov", film=_HEVC, sound="aac", tag="hvc1"),
    "film_hevc_10_bit_mov": recording("mov", film=_HEVC, sound="aac", tag="hvc1", pixels="yuv420p10le"),
    "film_hevc_mov_turned": _turned(90, _HEVC),
    "film_turned_90": _turned(90, _H264),
    "film_turned_180": _turned(180, _H264),
    "film_turned_270": _turned(270, _H264),
    "film_uneven": recording("mp4", film=_H264, sound="aac", times=_UNEVEN),
    "film_uneven_silent": recording("mp4", film=_H264, times=_UNEVEN),
    "film_uneven_hevc": recording("mov", film=_HEVC, tag="hvc1", times=_UNEVEN),
    "film_slow_motion": recording("mov", film=_HEVC, tag="hvc1", times=range(0, 1000, 4)),
    "film_of_a_live_photo": recording("mov", film=_HEVC, sound="pcm_s16le", tag="hvc1", times=range(0, 1500, 100)),
    "film_unknown_sound": _unknown(recording("mov", film=_H264, sound="aac"), b"mp4a", b"esds"),
    "film_unknown_pictures": _unknown(recording("mov", film=_H264, sound="aac"), b"avc1"),
    "film_mp4_fragments": recording("mp4", film=_H264, sound="aac", options=_FRAGMENTS),
    "film_webm_vp8_live": recording("webm", film="libvpx", sound="libopus", options=_LIVE),
    "film_webm_vp9_live": recording("webm", film="libvpx-vp9", sound="libopus", options=_LIVE),
    "film_webm_h264_live": recording("matroska", film=_H264, sound="libopus", options=_LIVE),
    "film_webm_av1": _apart(recording("webm", film="libsvtav1", sound="libopus")),
    "film_3gp": recording("3gp", film="h263", sound="libopencore_amrnb", size=(176, 144), rate=8000),
    "film_3gp_h264": recording("3gp", film=_H264, sound="aac"),
    "film_avi": recording("avi", film="mpeg4", sound="libmp3lame"),
    "film_mkv": recording("matroska", film=_H264, sound="aac"),
    "film_wmv": recording("asf", film="wmv2", sound="wmav2"),
    "film_mts": recording("mpegts", film=_H264, sound="ac3", times=range(0, 2000, 40)),
    "film_cut": _cut(recording("mp4", film=_H264, sound="aac")),
    "film_too_wide": _large,
    "voice_m4a": recording("ipod", sound="aac"),
    "voice_m4a_alac": recording("ipod", sound="alac"),
    "voice_mp4_fragments": recording("mp4", sound="aac", options=_FRAGMENTS),
    "voice_amr": recording("amr", sound="libopencore_amrnb", rate=8000),
    "voice_amr_wide_band": _wide_band,
    "voice_3gp": recording("3gp", sound="libopencore_amrnb", rate=8000),
    "voice_opus": recording("opus", sound="libopus"),
    "voice_oga": recording("oga", sound="flac"),
    "voice_ogg": recording("ogg", sound="vorbis", layout="stereo"),
    "voice_webm_live": recording("webm", sound="libopus", options=_LIVE),
    "voice_mp3": recording("mp3", sound="libmp3lame"),
    "voice_wav": recording("wav", sound="pcm_s16le"),
    "voice_wav_24_bit": recording("wav", sound="pcm_s24le", layout="stereo"),
    "voice_flac": recording("flac", sound="flac"),
    "voice_aac": recording("adts", sound="aac"),
    "voice_caf": recording("caf", sound="alac"),
    "voice_aiff": recording("aiff", sound="pcm_s16be"),
    "voice_wma": recording("asf", sound="wmav2", layout="stereo"),
    "voice_dss": _dictation,
}
