// Reports made for tests. Every text is made up.
import { readFileSync } from 'node:fs'

/** Two outlets on one air raid with different tolls, a reprint of the first, and a denial. */
export const raid = [
  { id: 'raid-1', outlet: 'صوت الجبل', published: '2018-10-30', section: 'ميداني', url: 'https://example.org/raid-1', text: 'غارات جوية على بلدة هجين\n\nشن طيران التحالف الدولي يوم الاثنين غارات جوية على بلدة هجين في ريف دير الزور، ما أدى إلى مقتل 12 مدنياً وإصابة خمسة آخرين، بحسب المرصد السوري لحقوق الإنسان.' },
  { id: 'raid-2', outlet: 'وكالة الساحل', published: '2018-10-30', text: 'مقتل مدنيين بغارات على هجين\n\nقالت وكالة سانا إن طائرات التحالف الدولي قصفت يوم الاثنين بلدة هجين بريف دير الزور الشرقي، ما أسفر عن مقتل 14 مدنياً.' },
  { id: 'raid-3', outlet: 'الخبر اليومي', published: '2018-10-31', text: 'غارات جوية على بلدة هجين\n\nشن طيران التحالف الدولي يوم الاثنين غارات جوية على بلدة هجين في ريف دير الزور، ما أدى إلى مقتل 12 مدنياً وإصابة خمسة آخرين، بحسب المرصد السوري لحقوق الإنسان.' },
  { id: 'clash-1', outlet: 'صوت الجبل', published: '2018-10-31', text: 'اشتباكات قرب السوسة\n\nاندلعت اشتباكات عنيفة بين قوات سوريا الديمقراطية وتنظيم داعش في بلدة السوسة يوم الثلاثاء، قتل فيها سبعة من عناصر التنظيم.' },
]

/** Towns of the gazetteer, so that made incidents lie apart. */
function towns(countries) {
  const lines = readFileSync(new URL('../../../gazetteer/places.tsv', import.meta.url), 'utf8').split('\n').filter((line) => line && !line.startsWith('#'))
  const [heading, ...rows] = lines.map((line) => line.split('\t'))
  const column = (name) => heading.indexOf(name)
  return rows
    .filter((row) => countries.includes(row[column('country')]) && Number(row[column('population')]) > 5_000)
    .map((row) => row[column('name_ar')].split('|')[0])
    // A short name may be an everyday word.
    .filter((name) => name.length > 4)
}

const WHAT = [
  (place, n) => `قتل ${n} مدنيين في قصف مدفعي على مدينة ${place} اليوم، بحسب ناشطين.`,
  (place, n) => `أصيب ${n} أشخاص في انفجار عبوة ناسفة في مدينة ${place} اليوم.`,
  (place, n) => `اندلعت اشتباكات بين مسلحين مجهولين في مدينة ${place} اليوم، وقتل ${n} مسلحين.`,
  (place) => `تظاهر المئات في مدينة ${place} اليوم احتجاجاً على الغلاء.`,
  (place, n) => `اعتقلت الشرطة ${n} أشخاص في مدينة ${place} اليوم.`,
]

/** So many reports of one event each, spread over towns and years. */
export function many(count) {
  const names = towns(['SY', 'IQ', 'YE', 'LY', 'SD', 'LB', 'PS'])
  return Array.from({ length: count }, (_, i) => {
    const place = names[(i * 7) % names.length]
    const day = new Date(Date.UTC(2014, 0, 1) + ((i * 37) % 3_650) * 86_400_000).toISOString().slice(0, 10)
    return { id: `made-${i}`, outlet: `وكالة ${i % 12}`, published: day, text: `أخبار ${place}\n\n${WHAT[i % WHAT.length](place, 3 + (i % 7))}` }
  })
}

/** Attempts to become markup, script or an address that runs; each lands in every field that a report has. */
const ATTEMPTS = [
  `<script>window.__ran = 1</script>`,
  `"><script>window.__ran = 1</script>`,
  `<img src=x onerror="window.__ran = 1">`,
  `<svg onload="window.__ran = 1"><circle r=9></svg>`,
  `<svg><script>window.__ran = 1</script></svg>`,
  `<iframe srcdoc="<script>parent.__ran = 1</script>"></iframe>`,
  `<a href="javascript:window.__ran = 1">اضغط</a>`,
  `</title><script>window.__ran = 1</script>`,
  `</textarea><script>window.__ran = 1</script>`,
  `<style>*{background:url(javascript:window.__ran=1)}</style>`,
  `<details open ontoggle="window.__ran = 1">`,
  `<input autofocus onfocus="window.__ran = 1">`,
  `<math><mtext></form><form><mglyph><style></math><img src onerror="window.__ran = 1">`,
  `{@html '<img src=x onerror=window.__ran=1>'}`,
  `{{constructor.constructor('window.__ran = 1')()}}`,
  `\${window.__ran = 1}`,
  `&lt;script&gt;window.__ran = 1&lt;/script&gt;`,
  `\u202e<script>window.__ran = 1</script>\u202c`,
  `<noscript><p title="</noscript><img src=x onerror=window.__ran=1>">`,
  `<base href="https://example.org/"><object data="javascript:window.__ran=1"></object>`,
]
const ADDRESSES = ['javascript:window.__ran=1', 'JaVaScRiPt:window.__ran=1', 'data:text/html,<script>window.__ran=1</script>', 'vbscript:x', ' javascript:window.__ran=1']

export const attempts = ATTEMPTS.map((attempt, i) => ({
  id: `try/${i}#<b>"'&.html`,
  outlet: `${attempt}`,
  section: attempt,
  url: ADDRESSES[i % ADDRESSES.length],
  published: `2020-03-${String(1 + i).padStart(2, '0')}`,
  title: `قصف على هجين ${attempt}`,
  text: `قصف على هجين ${attempt}\n\nقتل ثلاثة مدنيين ${attempt} في قصف مدفعي على بلدة هجين اليوم، بحسب المرصد السوري لحقوق الإنسان ${attempt}.`,
}))
export const attemptTexts = ATTEMPTS
