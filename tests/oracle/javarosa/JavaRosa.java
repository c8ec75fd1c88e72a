// JavaRosa, the engine of ODK Collect, over lines of JSON: one request a line in, one reply a line out.
// The messages are those of web_forms/driver.mjs. It comes out of ODK_Validate.jar, which the pyxform wheel carries.
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.QuestionDef;
import org.javarosa.core.model.data.*;
import org.javarosa.core.model.data.helper.Selection;
import org.javarosa.core.model.instance.TreeElement;
import org.javarosa.core.model.instance.TreeReference;
import org.javarosa.core.reference.*;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.test.Scenario;
import org.javarosa.xform.util.XFormAnswerDataParser;
import org.javarosa.xform.util.XFormAnswerDataSerializer;

public class JavaRosa {
    static final ObjectMapper JSON = new ObjectMapper();
    static final int MOST_WALKS = 3;

    static String ref(TreeElement element) {
        StringBuilder path = new StringBuilder();
        for (TreeElement at = element; at != null && at.getName() != null; at = at.getParent() instanceof TreeElement above ? above : null)
            path.insert(0, "/" + at.getName() + (at.isRepeatable() ? "[" + (at.getMult() + 1) + "]" : ""));
        return path.toString();
    }

    static String value(TreeElement element) {
        IAnswerData answer = element.getValue();
        if (answer == null) return "";
        Object written = new XFormAnswerDataSerializer().serializeAnswerData(answer, element.getDataType());
        return written instanceof String text ? text : written == null ? "" : answer.uncast().getString();
    }

    static TreeElement find(TreeElement root, String ref) {
        TreeElement at = root;
        String[] steps = ref.replaceFirst("^/", "").split("/");
        for (int i = 1; i < steps.length && at != null; i++) {
            int bracket = steps[i].indexOf('[');
            int number = bracket < 0 ? 0 : Integer.parseInt(steps[i].substring(bracket + 1, steps[i].length() - 1)) - 1;
            at = at.getChild(bracket < 0 ? steps[i] : steps[i].substring(0, bracket), number);
        }
        if (at == null) throw new IllegalArgumentException("no node " + ref);
        return at;
    }

    static void describe(FormDef form, TreeElement element, ObjectNode found, Map<String, String> labels, boolean isRoot) {
        if (element.getMult() == TreeReference.INDEX_TEMPLATE) return;
        if (!isRoot) {
            ObjectNode seen = found.putObject(ref(element));
            seen.put("relevant", element.isRelevant()).put("required", element.isRequired()).put("readonly", !element.isEnabled());
            if (element.getNumChildren() == 0) {
                if (labels.containsKey(ref(element))) seen.put("label", labels.get(ref(element)));
                boolean empty = element.getValue() == null;
                boolean refused = !empty && !form.evaluateConstraint(element.getRef(), element.getValue());
                seen.put("value", value(element)).put("valid", !element.isRelevant() || !(refused || empty && element.isRequired()));
            }
        }
        for (int i = 0; i < element.getNumChildren(); i++) describe(form, element.getChildAt(i), found, labels, false);
    }

    /** Go through the form as Collect does: counted repeats come to be, and choices that are no longer offered go.
     *  What the questions say on the last way through. */
    static Map<String, String> walk(FormDef form) {
        Map<String, String> labels = new HashMap<>();
        String before = null, after = xml(form);
        for (int i = 0; i < MOST_WALKS && !after.equals(before); i++) {
            FormEntryModel model = new FormEntryModel(form);
            FormEntryController controller = new FormEntryController(model);
            controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
            for (int event = controller.stepToNextEvent(); event != FormEntryController.EVENT_END_OF_FORM; event = controller.stepToNextEvent())
                if (event == FormEntryController.EVENT_QUESTION) {
                    FormEntryPrompt prompt = model.getQuestionPrompt();
                    if (prompt.getQuestion().getDynamicChoices() != null) show(form, prompt);
                    String label = prompt.getQuestionText();
                    if (label != null) labels.put(ref(form.getMainInstance().resolveReference(prompt.getIndex().getReference())), label.trim());
                }
            before = after;
            after = xml(form);
        }
        return labels;
    }

    /** Show a question with choices: an answer that is no longer offered goes, and what depends on it is told. */
    static void show(FormDef form, FormEntryPrompt prompt) {
        TreeReference ref = prompt.getIndex().getReference();
        TreeElement element = form.getMainInstance().resolveReference(ref);
        String before = value(element);
        prompt.getSelectChoices();
        if (!value(element).equals(before)) form.setValue(element.getValue(), ref, true);
    }

    static String xml(FormDef form) {
        try {
            return new String(new XFormSerializingVisitor().serializeInstance(form.getMainInstance()), StandardCharsets.UTF_8);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    static IAnswerData answer(TreeElement element, QuestionDef question, String text) {
        if (text.isEmpty()) return null;
        int control = question == null ? 0 : question.getControlType();
        if (control == Constants.CONTROL_SELECT_ONE) return new SelectOneData(new Selection(text));
        if (control != Constants.CONTROL_SELECT_MULTI && control != Constants.CONTROL_RANK)
            return XFormAnswerDataParser.getAnswerData(text, element.getDataType(), question);
        List<Selection> chosen = new ArrayList<>();
        for (String token : text.split(" ")) chosen.add(new Selection(token));
        return new MultipleItemsData(chosen);
    }

    static void take(Scenario scenario, FormDef form, JsonNode step) {
        if (step.has("set")) {
            TreeElement element = find(form.getMainInstance().getRoot(), step.get("set").asText());
            QuestionDef question = FormDef.findQuestionByRef(element.getRef(), form);
            form.setValue(answer(element, question, step.path("value").asText("")), element.getRef(), true);
        } else if (step.has("add")) {
            FormEntryController controller = at(form, FormEntryController.EVENT_PROMPT_NEW_REPEAT, step.get("add").asText());
            controller.newRepeat();
        } else if (step.has("remove")) {
            String instance = step.get("remove").asText() + "[" + (step.path("index").asInt(0) + 1) + "]";
            at(form, FormEntryController.EVENT_REPEAT, instance).deleteRepeat();
        }
        else if (step.has("lang")) scenario.setLanguage(step.get("lang").asText());
    }

    /** A controller that stands at the place where something happens to a repeat or to one of its instances. */
    static FormEntryController at(FormDef form, int wanted, String ref) {
        FormEntryModel model = new FormEntryModel(form);
        FormEntryController controller = new FormEntryController(model);
        controller.jumpToIndex(FormIndex.createBeginningOfFormIndex());
        for (int event = controller.stepToNextEvent(); event != FormEntryController.EVENT_END_OF_FORM; event = controller.stepToNextEvent()) {
            String here = model.getFormIndex().getReference().toString(true).replace("[@template]", "");
            boolean prompt = event == FormEntryController.EVENT_PROMPT_NEW_REPEAT;
            if (event == wanted && full(prompt ? here.replaceFirst("\\[\\d+\\]$", "") : here).equals(full(ref))) return controller;
        }
        throw new IllegalArgumentException("no place for " + ref);
    }

    /** References compare without the position 1, which only repeats carry in ours and everything carries in JavaRosa's. */
    static String full(String ref) {
        return ref.replace("[1]", "");
    }

    static void serveFiles(File folder) {
        ReferenceManager manager = ReferenceManager.instance();
        manager.reset();
        for (String host : new String[] {"file", "file-csv", "images", "audio", "video"})
            manager.addReferenceFactory(new PrefixedRootFactory(new String[] {host + "/"}) {
                protected Reference factory(String terminal, String uri) {
                    File file = new File(folder, terminal);
                    return new ResourceReference("none") {
                        public String getLocalURI() { return file.getAbsolutePath(); }
                        public InputStream getStream() throws IOException { return new FileInputStream(file); }
                    };
                }
            });
    }

    static ObjectNode run(JsonNode request) throws Exception {
        ObjectNode reply = JSON.createObjectNode();
        File file = new File(request.get("form").asText());
        serveFiles(file.getParentFile());
        long began = System.nanoTime();
        Scenario scenario = Scenario.init(file);
        FormDef form = scenario.getFormDef();
        reply.put("ok", true).put("loadMs", (System.nanoTime() - began) / 1e6);
        ArrayNode times = reply.putArray("stepMs"), errors = reply.putArray("errors"), states = reply.putArray("states");
        boolean last = request.path("last").asBoolean(false);
        TreeElement root = form.getMainInstance().getRoot();
        if (!last) describe(form, root, states.addObject(), walk(form), true);
        int number = 0;
        for (JsonNode step : request.path("steps")) {
            number++;
            began = System.nanoTime();
            try {
                take(scenario, form, step);
                times.add((System.nanoTime() - began) / 1e6);
            } catch (RuntimeException error) {
                errors.addObject().put("step", number).put("message", String.valueOf(error));
            }
            if (!last) describe(form, root, states.addObject(), walk(form), true);
        }
        if (last) describe(form, root, states.addObject(), walk(form), true);
        return reply.put("xml", xml(form));
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err); // JavaRosa itself speaks on the standard output
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line; (line = in.readLine()) != null; ) {
            ObjectNode reply;
            try {
                reply = run(JSON.readTree(line));
            } catch (Exception | StackOverflowError error) {
                reply = JSON.createObjectNode().put("ok", false).put("error", error.getClass().getSimpleName() + ": " + error.getMessage());
            }
            out.println(JSON.writeValueAsString(reply));
        }
    }
}
