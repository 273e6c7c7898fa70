// Keys of the review. They go by their place on the keyboard, so that they work with the Arabic layout on.
export const KEYS = [
  ['KeyA', 'A', 'accept'],
  ['KeyR', 'R', 'reject'],
  ['KeyC', 'C', 'correct'],
  ['KeyM', 'M', 'add'],
  ['KeyU', 'U', 'undo'],
  ['KeyJ', 'J', 'next'],
  ['KeyK', 'K', 'previous'],
  ['KeyO', 'O', 'open'],
] as const

export type Act = (typeof KEYS)[number][2] | 'help'

/** What a key asks for, unless somebody is writing. */
export function act(event: KeyboardEvent): Act | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return undefined
  const target = event.target as HTMLElement
  if (target.closest('input, select, textarea, dialog, [contenteditable]')) return undefined
  if (event.key === '?' || event.key === '؟') return 'help'
  if (event.shiftKey) return undefined
  return KEYS.find(([code]) => code === event.code)?.[2]
}
