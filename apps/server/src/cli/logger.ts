import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';

/** Lines for people on a terminal, JSON elsewhere; both to standard error, so that a banner can be read by itself. */
export function createLogger(level: string, stream: NodeJS.WriteStream & { fd: number } = process.stderr): Logger {
  const destination = stream.isTTY ? pretty({ destination: stream.fd, ignore: 'pid,hostname', sync: true }) : stream;
  return pino({ level, base: null }, destination);
}
