/** How loud the microphone hears, as a bar and, where it hears nothing for a while, in words. */

const every = 100;
const quietAfter = 5000;
const audible = 0.004;

/** Shows the level of `stream` in `meter` until it is stopped; `silent` is told when nothing is heard, and when something is again. */
export function watchLevel(stream: MediaStream, meter: HTMLMeterElement, silent: (is: boolean) => void): () => void {
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  let [heard, told] = [performance.now(), false];
  const timer = window.setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const level = Math.sqrt(samples.reduce((sum, one) => sum + one * one, 0) / samples.length);
    meter.value = Math.min(1, Math.sqrt(level) * 1.6);
    if (level > audible) heard = performance.now();
    const is = context.state === "running" && performance.now() - heard > quietAfter;
    if (is !== told) silent((told = is));
  }, every);
  return () => {
    window.clearInterval(timer);
    meter.value = 0;
    void context.close();
  };
}
