/** A version of npm as Python writes it (PEP 440): `1.2.0-rc.1` is `1.2.0rc1`. */
export function pythonVersion(version) {
  const parts = /^(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.(\d+))?$/.exec(version);
  if (!parts)
    throw new Error(`version ${version} has no form in Python; use X.Y.Z or X.Y.Z-alpha.N, -beta.N or -rc.N`);
  const [, release, stage, number] = parts;
  return stage ? `${release}${{ alpha: 'a', beta: 'b', rc: 'rc' }[stage]}${number}` : release;
}
