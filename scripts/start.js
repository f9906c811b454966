// `npm start`: the service, in this process, so that a signal reaches it directly.
import { buildIfStale } from './build.js';

buildIfStale();
await import('../dist/main.js');
