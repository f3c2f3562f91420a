/** The start of the server, in the runtime that can do it. */
import { boot } from '#app/boot.ts';

export const start = boot;
