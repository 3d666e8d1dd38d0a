// Holds PDF files against archival and accessibility standards with veraPDF, all of them in one Java machine.
//
//   java -cp 'JARS/*' Validate.java LIST
//
// LIST has a line for each file, its fields parted by tabs:
//
//   FILE <tab> FLAVOUR,FLAVOUR...           it must pass each of these: 3A, 2U, UA1, as veraPDF calls them
//   FILE <tab> FLAVOUR <tab> RULE,RULE...   it is broken: of this flavour these rules must fail (7.1-8: test 8 of
//                                           clause 7.1), and no other
//
// Printed are, for each file and flavour, the number of checks and what failed, and the sums at the end. Exits with 0
// where everything is as the list says; with 1 where anything is not, and where no file was there or nothing was
// checked: a test that looks at nothing must not pass.

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.validators.ValidatorConfig;
import org.verapdf.pdfa.validation.validators.ValidatorConfigBuilder;

public final class Validate {
    /** How many objects are named that break the same rule. */
    private static final int EXAMPLES = 3;

    /** A line of the list. */
    private record Task(String file, List<PDFAFlavour> flavours, Set<String> breach) {}

    /** What came of it, and the text that tells of it. */
    private record Outcome(int validations, long checks, long failures, boolean isWrong, String text) {}

    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: Validate LIST");
            System.exit(64);
        }
        LogManager.getLogManager().reset(); // What the parser thinks of a broken file is no news here.
        Logger.getLogger("").setLevel(Level.OFF);
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);

        ExecutorService workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors(), work -> {
            Thread thread = new Thread(null, work, "validator", 64L << 20); // Trees are walked by recursion.
            thread.setDaemon(true);
            return thread;
        });
        List<Future<Outcome>> outcomes = new ArrayList<>();
        for (Task task : read(Path.of(arguments[0]))) {
            outcomes.add(workers.submit(() -> validate(task)));
        }
        int validations = 0;
        int broken = 0;
        int wrong = 0;
        long checks = 0;
        long failures = 0;
        for (Future<Outcome> future : outcomes) { // In the order of the list.
            Outcome outcome = future.get();
            out.print(outcome.text());
            validations += outcome.validations();
            checks += outcome.checks();
            failures += outcome.failures();
            wrong += outcome.isWrong() ? 1 : 0;
            broken += outcome.validations() == 0 ? 1 : 0;
        }
        int documents = outcomes.size() - broken;
        out.printf("%d documents, %d validations, %d checks, %d failures%n", documents, validations, checks, failures);
        out.printf("%d broken documents; %d files are not as expected%n", broken, wrong);
        if (documents == 0 || checks == 0) {
            out.println("nothing was checked");
        }
        System.exit(wrong == 0 && documents > 0 && checks > 0 ? 0 : 1);
    }

    private static List<Task> read(Path list) throws IOException {
        List<Task> tasks = new ArrayList<>();
        for (String line : Files.readAllLines(list)) {
            if (line.isBlank()) {
                continue;
            }
            String[] fields = line.split("\t");
            List<PDFAFlavour> flavours = new ArrayList<>();
            for (String name : fields[1].split(",")) {
                PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
                if (flavour == null || flavour == PDFAFlavour.NO_FLAVOUR) {
                    throw new IOException(list + ": no such flavour: " + name);
                }
                flavours.add(flavour);
            }
            tasks.add(new Task(fields[0], flavours, fields.length > 2 ? new TreeSet<>(Arrays.asList(fields[2].split(","))) : null));
        }
        return tasks;
    }

    private static Outcome validate(Task task) {
        StringBuilder text = new StringBuilder();
        int validations = 0;
        long checks = 0;
        long failures = 0;
        boolean isWrong = false;
        for (PDFAFlavour flavour : task.flavours()) {
            try {
                ValidationResult result = validate(task.file(), flavour);
                long failed = result.getFailedChecks().values().stream().mapToLong(Integer::longValue).sum();
                if (task.breach() != null) {
                    return broken(task, result);
                }
                validations++;
                checks += result.getTotalAssertions();
                failures += failed;
                isWrong |= failed > 0 || !result.isCompliant() || result.getTotalAssertions() == 0;
                text.append(String.format("%s %s: %d checks, %d passed, %d failed%n", task.file(), flavour.getId(),
                        result.getTotalAssertions(), result.getTotalAssertions() - failed, failed));
                describe(result, text);
            } catch (Exception | StackOverflowError problem) {
                isWrong = true;
                failures++;
                text.append(String.format("%s %s: could not be validated: %s%n", task.file(), flavour.getId(), problem));
            }
        }
        return new Outcome(validations, checks, failures, isWrong, text.toString());
    }

    private static ValidationResult validate(String file, PDFAFlavour flavour) throws Exception {
        ValidatorConfig config = ValidatorConfigBuilder.defaultBuilder().flavour(flavour).maxFails(-1)
                .maxNumberOfDisplayedFailedChecks(EXAMPLES).showErrorMessages(true).build();
        try (InputStream stream = Files.newInputStream(Path.of(file));
                PDFAParser parser = Foundries.defaultInstance().createParser(stream, flavour);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(config, flavour)) {
            return validator.validate(parser);
        }
    }

    /** A broken file is as expected where the rules that it breaks fail, and no others. */
    private static Outcome broken(Task task, ValidationResult result) {
        Set<String> seen = new TreeSet<>();
        result.getFailedChecks().keySet().forEach(rule -> seen.add(name(rule)));
        boolean isSeen = seen.equals(task.breach());
        StringBuilder text = new StringBuilder(String.format("%s %s: broken on purpose, %s must fail: %s%n", task.file(),
                result.getPDFAFlavour().getId(), String.join(" and ", task.breach()),
                isSeen ? "as it does" : seen.isEmpty() ? "nothing does" : String.join(" and ", seen) + " do"));
        if (!isSeen) {
            describe(result, text);
        }
        return new Outcome(0, 0, 0, !isSeen, text.toString());
    }

    /** Each rule that failed: clause, test number, how often, what it says, and where. */
    private static void describe(ValidationResult result, StringBuilder text) {
        Map<RuleId, List<TestAssertion>> rules = new LinkedHashMap<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                rules.computeIfAbsent(assertion.getRuleId(), rule -> new ArrayList<>()).add(assertion);
            }
        }
        rules.forEach((rule, assertions) -> {
            text.append(String.format("  %s (%d times): %s%n", name(rule),
                    result.getFailedChecks().getOrDefault(rule, assertions.size()), flat(assertions.get(0).getMessage())));
            for (TestAssertion assertion : assertions.subList(0, Math.min(EXAMPLES, assertions.size()))) {
                text.append(String.format("    %s: %s%n", assertion.getLocation().getContext(), flat(assertion.getErrorMessage())));
            }
        });
    }

    private static String name(RuleId rule) {
        return rule.getClause() + "-" + rule.getTestNumber();
    }

    private static String flat(String text) {
        return text == null ? "" : text.replaceAll("\\s+", " ").trim();
    }
}
