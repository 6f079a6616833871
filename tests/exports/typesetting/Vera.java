import java.io.FileInputStream;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;

/** Has veraPDF check files: `Vera.java 3a,ua1 FILE…` prints file, profile, number of checks and of rules broken. */
public class Vera {
    private static final int AT_MOST = 1000;

    public static void main(String[] words) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (int n = 1; n < words.length; n++)
            for (String profile : words[0].split(","))
                check(words[n], profile);
    }

    /** Prints a line of totals, then a line for each check that failed, indented. */
    private static void check(String file, String profile) throws Exception {
        var flavour = PDFAFlavour.fromString(profile);
        var foundry = Foundries.defaultInstance();
        try (var parser = foundry.createParser(new FileInputStream(file), flavour);
                var validator = foundry.createValidator(flavour, AT_MOST, false, false, false)) {
            var result = validator.validate(parser);
            var failed = result.getTestAssertions().stream()
                    .filter(made -> made.getStatus() == TestAssertion.Status.FAILED).toList();
            System.out.printf("%s\t%s\t%d\t%d%n", file, profile, result.getTotalAssertions(), failed.size());
            for (var made : failed)
                System.out.printf("\t%s-%d: %s @ %s%n", made.getRuleId().getClause(), made.getRuleId().getTestNumber(),
                        made.getMessage(), made.getLocation().getContext());
        }
    }
}
