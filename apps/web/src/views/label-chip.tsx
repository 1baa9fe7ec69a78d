/** One label as `key=value`, whole in its title when it is too long to show. */
export function LabelChip({ name, value }: { name: string; value: string }) {
  const text = value === '' ? name : `${name}=${value}`;
  return (
    <span
      title={text}
      className="inline-block h-5 max-w-full truncate rounded-chip bg-s3 px-1.5 font-mono text-11/5 tracking-[-.1px]"
    >
      <span className="text-t2">{value === '' ? name : `${name}=`}</span>
      {value}
    </span>
  );
}

/** Labels in the order of their keys. */
export function LabelChips({ labels }: { labels: Record<string, string> }) {
  const entries = Object.entries(labels).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return (
    <div className="flex flex-wrap gap-1">
      {entries.map(([name, value]) => (
        <LabelChip key={name} name={name} value={value} />
      ))}
    </div>
  );
}
