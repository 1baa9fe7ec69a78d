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
  {
    command: /^get pvc? /,
    real: /^\|(NAME {2}(CAPACITY|STATUS) .*STORAGECLASS {2}(REASON {2})?AGE|.* {2}<age>( {2}Filesystem)?$)/,
    mock: /^\|(NAME {2}(CAPACITY|STATUS) .*STORAGECLASS {2}VOLUMEATTRIBUTESCLASS {2}(REASON {2})?AGE|.* {2}<unset> {2}<age>( {2}Filesystem)?$)/,
    why: 'The tables of volumes and claims have their class of attributes since 1.29',
  },
  {
    command: /^get pvc$/,
    real: /^\|(NAME {2}STATUS .*STORAGECLASS {2}AGE|data .* {2}<age>)$/,
    mock: /^\|(NAME {2}STATUS .*STORAGECLASS {2}VOLUMEATTRIBUTESCLASS {2}AGE|data .* {2}<unset> {2}<age>)$/,
    why: 'The tables of volumes and claims have their class of attributes since 1.29',
  },
  {
    command: 'get deploy web --subresource=scale',
    real: /^\|(NAME {2}AGE|web {2}<age>)$/,
    mock: /^\|(NAME {2}DESIRED {2}AVAILABLE {2}AGE|web {2}1 {2}1 {2}<age>)$/,
    why: 'Scales have a table of their own since 1.24',
  },
  {
    scene: 'policies',
    command: 'create -f two.yaml',
    real: /failed quota: few: must specify requests\.cpu$/,
    mock: /failed quota: few: must specify requests\.cpu for: c$/,
    why: 'A quota names since 1.24 the containers that do not say what they need',
  },
  {
    scene: 'errors',
    command: 'get svc --field-selector spec.foo=1',
    real: /"spec\.foo" is not a known field selector: only "metadata\.name", "metadata\.namespace"$/,
    mock: /field label not supported: spec\.foo$/,
    why: 'Services may be selected by fields of their own since 1.22, and so complain in words of their own',
  },
  {
    scene: 'errors',
    command: 'create -f service-bad-address.yaml',
    real: /failed to allocated ip:1\.2\.3\.4 with error:provided IP is not in the valid range\. /,
    mock: /failed to allocate IP 1\.2\.3\.4: the provided IP \(1\.2\.3\.4\) is not in the valid range\. /,
    why: 'What is out of the range of addresses is named otherwise since 1.22',
  },
  {
    scene: 'errors',
    command: 'create -f pod-more-than-limit.yaml',
    real: /must be less than or equal to cpu limit$/,
    mock: /must be less than or equal to cpu limit of 1$/,
    why: 'The limit that is exceeded is named since 1.27',
  },
  {
    scene: 'errors',
    command: /-wrong-type\.yaml/,
    real: /^!(Error from server \(BadRequest\): error when creating .* (decode slice|ReadString): expects? |\|\.\.\.)/,
    mock: /cannot be handled as a \w+: json: cannot unmarshal \w+ into Go struct field /,
    why: 'Bodies are decoded by another library since 1.23, which complains in the words of encoding/json',
  },
  {
    scene: 'jobs',
    command: /^create cronjob bad/,
    kubectl: [0, 20],
    real: /Expected exactly 5 fields, found 2: every day$/,
    mock: /expected exactly 5 fields, found 2: \[every day\]$/,
    why: 'Schedules are read by a later version of the same library since 1.21',
  },
  {
    command: 'explain configmap --recursive',
    real: /^\|clusterName {2}<string>$/,
    mock: /^\|subresource {2}<string>$/,
    why: 'Metadata lost clusterName in 1.24, and managers have a subresource since 1.22',
  },
];
