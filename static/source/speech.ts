/** What is spoken beside a written line. */
import { startSpeaking } from "./scripts/conversations/speaking";

startSpeaking();
