"""Made-up text with the statistics of real posts: a few words are in every second post, most in hardly any.

Nothing here is anybody's. A word is a number written with syllables, so that the same seed gives the same text.
"""

import bisect
import html
import itertools
import random

# Words that every language has too many of, so that a search for one of them finds a large part of the store.
COMMON = {
    "en": "the to and a of in is it you that for on was with as are this be at have not but they from we or".split(),
    "de": "die der und in zu den das nicht von sie ist des sich mit dem dass er es ein ich auf so eine auch".split(),
    "fr": "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il sont".split(),
    "es": "de la que el en y a los se del las un por con no una su para es al lo como más pero sus le ya".split(),
    "ru": "и в не на я быть он с что а по это она этот к но они мы весь который из у то за свой ты".split(),
}
SYLLABLES = {
    "en": "ba con der ing ta ry men fo li ver ston pa cle th ro sen mor wi ga ble nu pel cha dri".split(),
    "de": "ge ver schl ung heit auf be ter lich kei zu ent rag mün ßen für ab hör wal bür stra ne kl".split(),
    "fr": "é tion ment re dé cou ler pré sou vil gra chê lou tar ni bal ré sim pon tré vel fa mu".split(),
    "es": "ción mente es pa ro tal ñar que lo der ma rí con tra per ven sal bu gui nó ta mor zan".split(),
    "ru": "ко ва про ста ни пере лу до ре мо да те вы ско по ри ле на бо ту ша ге зо".split(),
}
# Language, share of posts.
LANGUAGES = {"en": 58, "de": 13, "fr": 6, "es": 5, "ru": 4, "ja": 10, "zh": 2, "th": 1, "ko": 1}
HANGUL = [chr(0xAC00 + 37 * n) for n in range(280)]


def zipf(count, shift=2.7):
    """Cumulative weights of the words by rank (Zipf and Mandelbrot)."""
    return list(itertools.accumulate(1 / (rank + shift) for rank in range(1, count + 1)))


class Language:
    """Words in the order of how frequent they are."""

    def __init__(self, name, random, words=80_000):
        self.name, self.random = name, random
        self.weights = zipf(words)
        self.known = {}

    def word(self):
        rank = bisect.bisect(self.weights, self.random.random() * self.weights[-1])
        word = self.known.get(rank)
        if word is None:
            word = self.known[rank] = self.spell(rank)
        return word

    def spell(self, rank):
        common = COMMON[self.name]
        if rank < len(common):
            return common[rank]
        syllables, rest, word = SYLLABLES[self.name], rank, ""
        while rest:
            rest, next = divmod(rest, len(syllables))
            word += syllables[next]
        return word

    def sentence(self, length):
        words = [self.word() for _ in range(max(1, length // 6))]
        return " ".join(words).capitalize() + self.random.choice([".", ".", "!", "?", " 🙂", ":"])


class Spaceless(Language):
    """A language that puts no spaces between words of one to three characters."""

    CHARACTERS = {
        "ja": [chr(0x3042 + n) for n in range(70)] + [chr(0x4E00 + 7 * n) for n in range(1_500)],
        "zh": [chr(0x4E00 + 5 * n) for n in range(2_500)],
        "th": [chr(0x0E01 + n) for n in range(46)],
    }

    def spell(self, rank):
        characters, rest, word = self.CHARACTERS[self.name], rank, ""
        while rest or not word:
            rest, next = divmod(rest, len(characters))
            word += characters[next]
        return word

    def sentence(self, length):
        text = ""
        while len(text) < length // 3:
            text += self.word() + self.random.choice([""] * 9 + ["、"])
        return text + "。"


class Korean(Language):
    def spell(self, rank):
        word, rest = "", rank
        while rest or not word:
            rest, next = divmod(rest, len(HANGUL))
            word += HANGUL[next]
        return word


class Corpus:
    """Writes posts. `people` are the (name, host) pairs that may be named in them."""

    def __init__(self, seed, people, hashtags=4_000):
        self.random = random.Random(seed)
        kinds = {"ja": Spaceless, "zh": Spaceless, "th": Spaceless, "ko": Korean}
        self.languages = {name: kinds.get(name, Language)(name, self.random) for name in LANGUAGES}
        self.shares = list(itertools.accumulate(LANGUAGES.values()))
        self.names = list(LANGUAGES)
        self.people, self.tag_weights = people, zipf(hashtags)

    def language(self):
        return self.names[bisect.bisect(self.shares, self.random.random() * self.shares[-1])]

    def text(self, language, length):
        """About `length` bytes of plain text."""
        text = ""
        while len(text.encode()) < length:
            text += (" " if text else "") + self.languages[language].sentence(
                min(length, self.random.randint(30, 110))
            )
        return text

    def hashtag(self):
        rank = bisect.bisect(self.tag_weights, self.random.random() * self.tag_weights[-1])
        return self.languages["en"].spell(rank + 40) + self.languages["en"].spell(rank % 90 + 26)

    def post(self):
        """-> (language, HTML, people who are named, hashtags)."""
        language, named, hashtags, parts = self.language(), [], [], []
        if self.people and self.random.random() < 0.35:
            named = self.random.sample(range(len(self.people)), self.random.choice([1, 1, 1, 2]))
            for one in named:
                name, host = self.people[one]
                parts.append(
                    f'<span class="h-card" translate="no"><a href="https://{host}/@{name}" '
                    f'class="u-url mention">@<span>{name}</span></a></span>'
                )
        length = min(1_500, int(self.random.lognormvariate(4.95, 0.75)))
        paragraphs = [html.escape(self.text(language, max(12, length)), quote=False)]
        if length > 260:
            middle = paragraphs[0].find(" ", len(paragraphs[0]) // 2)
            if middle > 0:
                paragraphs = [paragraphs[0][:middle], paragraphs[0][middle + 1 :]]
        parts.append(paragraphs[0])
        if self.random.random() < 0.22:
            english = self.languages["en"]
            shown = f"{english.spell(self.random.randint(50, 3_000))}.example/{english.spell(self.random.randint(50, 900))}"
            rest = f"{self.random.getrandbits(48):x}-{self.random.getrandbits(32):x}"
            parts.append(
                f'<a href="https://{shown}{rest}" target="_blank" rel="nofollow noopener" translate="no">'
                f'<span class="invisible">https://</span><span class="ellipsis">{shown}</span>'
                f'<span class="invisible">{rest}</span></a>'
            )
        if self.random.random() < 0.3:
            hashtags = list({self.hashtag() for _ in range(self.random.choice([1, 1, 2, 3, 5]))})
            for tag in hashtags:
                parts.append(
                    f'<a href="https://lake.example/tags/{tag}" class="mention hashtag" rel="tag">#<span>{tag}</span></a>'
                )
        body = "<p>" + " ".join(parts) + "</p>"
        return language, body + "".join(f"<p>{p}</p>" for p in paragraphs[1:]), named, hashtags
