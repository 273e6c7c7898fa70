// The address tells everything that is shown: the page by its path, the filters by its query. Links are plain links.
class Address {
  path = $state(location.pathname)
  query = $state(location.search)

  constructor() {
    addEventListener('popstate', () => this.read())
    document.addEventListener('click', (event) => this.follow(event))
  }

  get parameters(): URLSearchParams {
    return new URLSearchParams(this.query)
  }

  /** Goes to another page of ours; `replace` leaves no step behind. */
  go(address: string, replace = false) {
    const before = this.path
    history[replace ? 'replaceState' : 'pushState'](null, '', address)
    this.read()
    if (!replace && this.path !== before) {
      scrollTo(0, 0)
      // A screen reader starts the new page at its heading, not at the end of the old one.
      requestAnimationFrame(() => document.querySelector<HTMLElement>('main')?.focus({ preventScroll: true }))
    }
  }

  private read() {
    this.path = location.pathname
    this.query = location.search
  }

  private follow(event: MouseEvent) {
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    const link = (event.target as Element).closest?.('a')
    if (!link || link.target || link.download || link.origin !== location.origin || link.pathname.startsWith('/api/')) return
    if (link.hash && link.pathname === location.pathname) return
    event.preventDefault()
    this.go(link.href)
  }
}

export const address = new Address()
