"""Which tracks of a recording its copy plays, and what is said of the others."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.stream import Disposition, Stream
from av.video.stream import VideoStream

from portfolio.evidence.media.prepared import NotPrepared
from portfolio.evidence.media.recordings import sound
from portfolio.evidence.media.recordings.reading import Reader

SILENT = 0.001
"""Loudness of the loudest sample under which nothing can be heard: −60 dB."""
_AGAIN = "Save it as an MP4 or MP3 and send that too, so that all of it can be seen and heard."
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")


@dataclass(frozen=True, slots=True)
class Tracks:
    """Places of the chosen streams in their container, None where there is none, and remarks on the rest."""

    film: int | None
    sound: int | None
    remarks: tuple[str, ...]

    def of(self, original: InputContainer) -> tuple[VideoStream | None, AudioStream | None]:
        """The chosen streams of the recording, opened once more."""
        film = None if self.film is None else original.streams[self.film]
        sound = None if self.sound is None else original.streams[self.sound]
        assert film is None or isinstance(film, VideoStream)
        assert sound is None or isinstance(sound, AudioStream)
        return film, sound


def chosen(opened: Callable[[], AbstractContextManager[InputContainer]]) -> Tracks:
    """The first film and the first sound that can be heard; a record's cover is no film.

    Raises `NotPrepared` where there is neither, or the film is coded in a way that cannot be read here.
    """
    with opened() as original:
        films = [one for one in original.streams.video if not one.disposition & Disposition.attached_pic]
        sounds = _places(original.streams.audio)
        playable, heard = [_places(_decodable(streams)) for streams in (films, original.streams.audio)]
        subtitles = len(original.streams.subtitles)
    if not films and not sounds:
        raise NotPrepared(f"There is neither sound nor picture in this recording; the original is kept. {_AGAIN}")
    if not playable and not heard:
        raise NotPrepared(
            f"This recording is written in a way that cannot be read here; the original is kept. {_AGAIN}"
        )
    sound = _audible(opened, heard) if len(heard) > 1 else next(iter(heard), None)
    remarks = [*_on_films(len(films), playable), *_on_sounds(sounds, sound)]
    if subtitles:
        remarks.append("Its subtitles are not shown here; the original has them.")
    return Tracks(next(iter(playable), None), sound, tuple(remarks))


def _decodable(streams: Sequence[Stream]) -> list[Stream]:
    """Those that have a decoder."""
    return [one for one in streams if getattr(one, "codec_context", None) is not None]


def _places(streams: Sequence[Stream]) -> list[int]:
    return [one.index for one in streams]


def _audible(opened: Callable[[], AbstractContextManager[InputContainer]], places: Sequence[int]) -> int:
    """The first of several sounds in which anything can be heard; the first where that is none."""
    heard: set[int] = set()
    with opened() as original:
        for place, loudness in _loudness(original, places):
            if loudness > SILENT:
                heard.add(place)
            if places[0] in heard:
                break
    return next((place for place in places if place in heard), places[0])


def _loudness(original: InputContainer, places: Sequence[int]) -> Iterator[tuple[int, float]]:
    """Place of a track and loudest sample 0…1 of a piece of it, until the end; what cannot be read is passed over."""
    reader = Reader(original, [original.streams[place] for place in places])
    plain = {place: sound.Uniform() for place in places}
    for packet in reader.packets():
        place = packet.stream.index
        for frame in reader.frames(packet) or ():
            for piece in plain[place].frames(frame):
                yield place, float(np.abs(piece.to_ndarray()).max(initial=0))


def _on_films(films: int, playable: Sequence[int]) -> Iterator[str]:
    if films > 1 and playable:
        yield f"It has {films} picture tracks; one of them is shown here. The original has all."
    elif films and not playable:
        yield f"Its pictures are written in a way that cannot be read here; the original has them. {_AGAIN}"


def _on_sounds(places: Sequence[int], sound: int | None) -> Iterator[str]:
    if places and sound is None:
        yield f"Its sound is written in a way that cannot be read here; the original has it. {_AGAIN}"
    elif len(places) > 1 and sound is not None:
        number = places.index(sound)
        before = [_ordinal(place) for place in range(number)]
        why = f", because nothing can be heard in the {' and '.join(before)}" if before else ""
        yield f"It has {len(places)} sound tracks; the {_ordinal(number)} is played here{why}. The original has all."


def _ordinal(place: int) -> str:
    return _ORDINALS[place] if place < len(_ORDINALS) else f"{place + 1}th"
