import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vite'

// Everything is a file of its own: the server's Content-Security-Policy allows no inline script, style or data: font.
export default defineConfig({
  plugins: [svelte()],
  build: {
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  server: { proxy: { '/api': process.env.MAYDANI_SERVER ?? 'http://127.0.0.1:7171' } },
})
