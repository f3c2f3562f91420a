// @ts-check
import { launch } from './processes.js';
import { serve } from './serve.js';

launch(() => serve('dev', process.argv.slice(2)));
