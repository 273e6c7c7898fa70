// What was just done, said in passing; with a way to take it back.
import { post } from './api/client'
import { t } from './i18n'

interface Said {
  text: string
  /** The decision that Undo takes back. */
  decision?: number
  undone?: () => void
  bad?: boolean
}

class Notices {
  now: Said | undefined = $state.raw()

  say(text: string, decision?: number, undone?: () => void) {
    this.now = { text, ...(decision === undefined ? {} : { decision }), ...(undone ? { undone } : {}) }
  }

  complain(fault: unknown) {
    this.now = { text: fault instanceof Error ? fault.message : String(fault), bad: true }
  }

  close() {
    this.now = undefined
  }

  async undo() {
    const said = this.now
    if (said?.decision === undefined) return
    try {
      await post('/api/decisions', { kind: 'revoke', decision: said.decision })
      this.now = { text: t('undone') }
      said.undone?.()
    } catch (fault) {
      this.complain(fault)
    }
  }
}

export const notices = new Notices()
