import { mount } from 'svelte'
import App from './App.svelte'
import { settings } from './settings.svelte'
import './styles/fonts.css'
import './styles/tokens.css'
import './styles/base.css'

settings.show()
const target = document.getElementById('app')
if (target) mount(App, { target })
