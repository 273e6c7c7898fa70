// A question whose answer is shown. Asking again withdraws the one before, so that a late answer never overwrites a newer one.
import { withdrawn } from './client'

export class Load<T> {
  value: T | undefined = $state.raw()
  fault: Error | undefined = $state.raw()
  busy = $state(false)
  private under: AbortController | undefined

  async ask(question: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.under?.abort()
    const mine = (this.under = new AbortController())
    this.busy = true
    try {
      const value = await question(mine.signal)
      if (this.under !== mine) return
      this.value = value
      this.fault = undefined
    } catch (fault) {
      if (this.under !== mine || withdrawn(fault)) return
      this.fault = fault instanceof Error ? fault : new Error(String(fault))
    }
    this.busy = false
  }
}
