# What hangs on virtual machines and vApps: consoles, screens, questions, media, independent disks, vApp networks.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 60 }
    $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ versions = @('5.1', '30.0', '39.1') }
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }
    $null = Connect-Vcd $simulator.Vcd.Server -Organization System -Credential ($simulator.Vcd.Users | Where-Object Organization -EQ System).Credential -ServerCertificateThumbprint $simulator.Vcd.CertificateThumbprint -NoProxy -Name provider -NotDefault
    $null = Connect-TestVcd $simulator @{ Name = 'old'; NotDefault = $true; ApiVersion = '5.1' }

    # What reached the server and changes something.
    function Get-Change {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object { $_.Method -in 'POST', 'PUT', 'DELETE' -and $_.Path -notlike '*session*' } | ForEach-Object { "$($_.Method) $($_.Path -replace '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'ID')" })
    }

    # The first error of a command that is meant to fail.
    function Get-Failure {
        param([scriptblock] $Script)
        $ErrorActionPreference = 'Continue'
        try {
            @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
        }
        catch {
            $_
        }
    }

    function Get-Plain {
        param([securestring] $Secret)
        ConvertFrom-SecureString $Secret -AsPlainText
    }

    # A machine that asks something, by the control address.
    function Set-Machine {
        param($VM, [hashtable] $What)
        $null = Invoke-SimulatorCommand $simulator systems/vcd/machine (@{ name = $VM.Name; vApp = $VM.VApp } + $What)
    }

    $running = @(Get-VcdVM | Where-Object { $_.Status -eq 'POWERED_ON' -and $_.VApp -notmatch '[\[\]*?&"'']' })
    $stopped = @(Get-VcdVM | Where-Object { $_.Status -eq 'POWERED_OFF' -and $_.VApp -notmatch '[\[\]*?&"'']' })
    $vm = $running[0]
}

AfterAll {
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'Get-VcdConsoleTicket' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'gets a ticket of the HTML console, held as a secret' {
        $ticket = $vm | Get-VcdConsoleTicket
        $ticket | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdConsoleTicket
        $ticket.VM, $ticket.VApp, $ticket.Type, $ticket.Port, $ticket.Connection | Should -Be $vm.Name, $vm.VApp, 'WebMks', 902, 'cloud'
        ($ticket.ExpiresAt - $ticket.AcquiredAt).TotalSeconds | Should -Be 30
        $text = Get-Plain $ticket.Ticket
        $text | Should -Match '^cst-.{32}--tp-[0-9A-F]{40}$'
        Get-Plain $ticket.Url | Should -Be "wss://$($ticket.Host)/902;$text"
        Get-Change | Should -Be 'POST /api/vApp/vm-ID/screen/action/acquireMksTicket'
    }

    It 'shows it in no text, no view and no JSON' {
        $ticket = Get-VcdConsoleTicket $vm
        $text = Get-Plain $ticket.Ticket
        $ticket.ToString() | Should -Not -BeLike "*$text*"
        foreach ($shown in ($ticket | Format-List * | Out-String -Width 500), ($ticket | Format-Table | Out-String), ($ticket | ConvertTo-Json -Depth 6), ($ticket | ConvertTo-Csv | Out-String), "$($ticket | Select-Object *)") {
            $shown | Should -Match ([regex]::Escape($vm.Name))
            $shown | Should -Not -Match 'cst-|wss:'
        }
    }

    It 'shows it in no stream, not even under -Debug' {
        $DebugPreference = 'Continue'
        $all = Get-VcdConsoleTicket $vm -Verbose 5>&1 4>&1
        $ticket = $all | Where-Object { $_ -is [OrchestratorTools.Clients.Vcd.VcdConsoleTicket] }
        $lines = ($all | Where-Object { $_ -isnot [OrchestratorTools.Clients.Vcd.VcdConsoleTicket] } | Out-String -Width 4000)
        $lines | Should -Match 'acquireMksTicket'
        $lines | Should -Match 'body not shown'
        $lines | Should -Not -Match 'cst-'
        $lines | Should -Not -Match ([regex]::Escape((Get-Plain $ticket.Ticket)))
        # What the session learned is masked wherever it comes up later.
        $later = Invoke-VcdRequest "/api/query?type=vm&filter=name==$([uri]::EscapeDataString((Get-Plain $ticket.Ticket)))" -Verbose 5>&1 4>&1 | Out-String -Width 4000
        $later | Should -Match 'name==\*\*\*'
    }

    It 'has the older form where the version has only that' {
        $ticket = Get-VcdConsoleTicket $vm.Name -VApp $vm.VApp -Connection old
        $ticket.Type, $ticket.Port | Should -Be 'Mks', $null
        Get-Plain $ticket.Url | Should -Match "^mks://$([regex]::Escape($ticket.Host))/vm-[0-9a-f-]{36}\?ticket=cst-"
        Get-Plain $ticket.Ticket | Should -Match '^cst-.{32}--tp-[0-9A-F]{40}$'
        $ticket.Vmx | Should -Match '^vm-'
        Get-Change | Should -Be 'POST /api/vApp/vm-ID/screen/action/acquireTicket'
    }

    It 'asks nothing of a machine that is off, and goes on with the next' {
        $failed = Get-Failure { $stopped[0], $vm | Get-VcdConsoleTicket }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.GetVcdConsoleTicketCommand'
        $failed.Exception.Message | Should -BeLike "*'$($stopped[0].Name)'*POWERED_OFF*screen:acquireMksTicket*Nothing was sent*"
        $failed.Exception.RecommendedAction | Should -BeLike '*Start-VcdVM*'
        @(Get-Change).Count | Should -Be 1
        @($stopped[0], $vm | Get-VcdConsoleTicket -ErrorAction Ignore).VM | Should -Be $vm.Name
    }

    It 'takes names, wildcards and the vApp' {
        $several = @(Get-VcdConsoleTicket * -VApp $vm.VApp -ErrorAction Ignore)
        $several.Count | Should -Be @($running | Where-Object VApp -EQ $vm.VApp).Count
        (Get-Failure { Get-VcdConsoleTicket nosuch }).FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.GetVcdConsoleTicketCommand'
        (TabExpansion2 'Get-VcdConsoleTicket ' -cursorColumn 21).CompletionMatches.ListItemText | Should -Contain $vm.Name
    }
}

Describe 'Save-VcdScreenshot' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        Push-Location $TestDrive
    }

    AfterEach {
        Pop-Location
    }

    It 'saves a PNG and returns the file' {
        $file = $vm | Save-VcdScreenshot -Path new/folder/x.png
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be (Join-Path (Resolve-Path .) new folder x.png)
        [Convert]::ToHexString([IO.File]::ReadAllBytes($file.FullName)[0..7]) | Should -Be '89504E470D0A1A0A'
        $file.Length | Should -BeGreaterThan 100
        @(Get-ChildItem new/folder).Count | Should -Be 1
        Get-Change | Should -BeNullOrEmpty
    }

    It 'overwrites nothing without -Force, and asks the server nothing' {
        Set-Content y.png 'mine'
        $failed = Get-Failure { Save-VcdScreenshot $vm y.png }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Conflict,OrchestratorTools.Vcd.SaveVcdScreenshotCommand'
        Get-Content y.png | Should -Be 'mine'
        Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Path -Like '*/screen' | Should -BeNullOrEmpty
        (Save-VcdScreenshot $vm y.png -Force).Length | Should -BeGreaterThan 100
    }

    It 'names the files in a folder as their machines' {
        $two = @($running | Where-Object VApp -NE $vm.VApp)[0]
        $files = @($vm, $two | Save-VcdScreenshot -Path (New-Item -ItemType Directory screens))
        $files.Count | Should -Be (@($vm.Name, $two.Name | Sort-Object -Unique).Count)
        $files[0].Name | Should -Be "$($vm.Name).png"
    }

    It 'does not write two machines into one file' {
        $failed = Get-Failure { $vm, $vm | Save-VcdScreenshot -Path once.png -Force }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SaveVcdScreenshotCommand'
        $failed.Exception.Message | Should -BeLike '*once.png*right before*'
    }

    It 'writes nothing with -WhatIf, for what is off, and for what is no picture' {
        Save-VcdScreenshot $vm z.png -WhatIf
        (Get-Failure { Save-VcdScreenshot $stopped[0] z.png }).FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.SaveVcdScreenshotCommand'
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd ReplaceBody -Path '*/screen' -Body 'GIF89a' -ContentType image/gif
        (Get-Failure { Save-VcdScreenshot $vm z.png }).FullyQualifiedErrorId | Should -Be 'Vcd.Protocol,OrchestratorTools.Vcd.SaveVcdScreenshotCommand'
        (Get-Failure { Save-VcdScreenshot $vm nodrive:/z.png }).FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SaveVcdScreenshotCommand'
        Test-Path z.png | Should -BeFalse
    }
}

Describe 'What machines ask' {
    BeforeAll {
        $asking = $running[1]
    }

    BeforeEach {
        Set-Machine $asking @{ question = 'Was it moved or copied?'; choices = @('Cancel', 'I moved it', 'I copied it') }
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'is found without naming anybody, and by the pipeline' {
        $question = Get-VcdVMQuestion | Where-Object VM -EQ $asking.Name
        $question | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVMQuestion
        $question.VM, $question.VApp, $question.Question, $question.Connection | Should -Be $asking.Name, $asking.VApp, 'Was it moved or copied?', 'cloud'
        "$($question.Choices)" | Should -Be '0 = Cancel 1 = I moved it 2 = I copied it'
        ($asking | Get-VcdVMQuestion).QuestionId | Should -Be $question.QuestionId
        (Get-VcdVMQuestion $asking.Name -VApp $asking.VApp).QuestionId | Should -Be $question.QuestionId
        @(Get-VcdVMQuestion * -VApp $asking.VApp).Count | Should -BeGreaterOrEqual 1
        $vm | Get-VcdVMQuestion | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is answered by <Answer>' -ForEach @(@{ Answer = '2' }, @{ Answer = 'i COPIED it' }) {
        Get-VcdVMQuestion $asking | Send-VcdVMAnswer $Answer | Should -BeNullOrEmpty
        Get-Change | Should -Be 'POST /api/vApp/vm-ID/question/action/answer'
        Get-VcdVMQuestion $asking | Should -BeNullOrEmpty
        (Get-VcdVM -Id $asking.Id).Status | Should -Be 'POWERED_ON'
    }

    It 'is answered by the machine''s name, which comes back with -PassThru' {
        $now = Send-VcdVMAnswer Cancel -VM $asking.Name -VApp $asking.VApp -PassThru
        $now.Name, $now.VApp, $now.Status | Should -Be $asking.Name, $asking.VApp, 'POWERED_ON'
    }

    It 'takes no answer that is not offered' {
        $failed = Get-Failure { Get-VcdVMQuestion $asking | Send-VcdVMAnswer 3 }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.SendVcdVMAnswerCommand'
        $failed.Exception.Message | Should -BeLike "*-Answer '3'*'$($asking.Name)'*0 = Cancel, 1 = I moved it, 2 = I copied it*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is not answered in place of another question' {
        $old = Get-VcdVMQuestion $asking
        Set-Machine $asking @{ question = 'Delete everything?' }
        $failed = Get-Failure { $old | Send-VcdVMAnswer 0 }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.SendVcdVMAnswerCommand'
        $failed.Exception.Message | Should -BeLike '*something else by now*Delete everything?*'
        (Get-Failure { Send-VcdVMAnswer 0 -VM $vm }).FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.SendVcdVMAnswerCommand'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'is not answered with -WhatIf' {
        Get-VcdVMQuestion $asking | Send-VcdVMAnswer Cancel -WhatIf
        Get-Change | Should -BeNullOrEmpty
        Get-VcdVMQuestion $asking | Should -Not -BeNullOrEmpty
    }
}
