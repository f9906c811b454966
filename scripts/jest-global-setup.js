import { buildIfStale } from './build.js';

export default function globalSetup() {
  buildIfStale();
}
