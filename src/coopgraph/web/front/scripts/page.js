// The script of pages that need nothing of their own.
import { start } from './shared/shell.js';

start();
