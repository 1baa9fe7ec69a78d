import type { Difference } from '../judge.ts';

/** What an apiserver of 1.32 prints otherwise in tables and in the words of its errors. */
export const newerTables: readonly Difference[] = [
  {
    command: /^get priorityclass/,
    real: /^\|(NAME {2}VALUE|\S+ {2}\d+ {2}false)/,
    mock: /^\|(NAME {2}VALUE.* {2}PREEMPTIONPOLICY|\S+ {2}\d+ {2}false {2}<age> {2}PreemptLowerPriority)$/,
    why: 'The table of PriorityClasses has their preemption policy since 1.30',
  },
  {
    command: /^get (quota|resourcequota)/,
    real: [/^\|NAME {2}AGE {2}REQUEST {2}LIMIT$/, /^\|\w+ {2}<age> {2}[\w.]+: /],
    mock: [/^\|NAME {2}REQUEST {2}LIMIT {2}AGE$/, /^\|\w+ {2}[\w.]+: .* {2}<age>$/],
    why: 'The age is the last column of quotas since 1.31',
  },
  {
    command: /^get jobs/,
    real: /^\|((EVENT {2})?NAME {2}COMPLETIONS|((ADDED|MODIFIED) {2})?once {2}0\/2)/,
    mock: /^\|((EVENT {2})?NAME {2}STATUS {2}COMPLETIONS|((ADDED|MODIFIED) {2})?once {2}Running {2}0\/2)/,
    why: 'The table of Jobs has their status since 1.30',
  },
  {
    command: /^get (cronjobs|cj)/,
    real: /^\|(NAME {2}SCHEDULE {2}SUSPEND|tick {2}1 1 1 1 \* {2}(False|True))/,
    mock: /^\|(NAME {2}SCHEDULE {2}TIMEZONE {2}SUSPEND|tick {2}1 1 1 1 \* {2}<none> {2}(False|True))/,
    why: 'The table of CronJobs has their time zone since 1.29',
  },
];
