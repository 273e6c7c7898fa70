// Learns that the archive has changed, so that what is shown can be asked for again.
class Live {
  revision = $state(0)
  private source: EventSource | undefined

  start() {
    if (this.source) return
    this.source = new EventSource('/api/updates')
    this.source.addEventListener('archive', (event) => {
      const { revision } = JSON.parse(event.data as string) as { revision: number }
      this.revision = revision
    })
  }
}

export const live = new Live()
